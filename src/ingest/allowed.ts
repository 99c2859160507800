import type { Schema } from 'hast-util-sanitize'

const digits = /^\d{1,5}$/
const size = [
  ['width', digits],
  ['height', digits],
] satisfies Attributes
const cell = [['colSpan', digits], ['rowSpan', digits], 'abbr'] satisfies Attributes

type Attributes = NonNullable<Schema['attributes']>[string]

/** Every element that a body may hold, with its attributes under their hast names; what is not here goes. */
const elements: Record<string, Attributes> = {
  p: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  ul: [],
  ol: [['start', /^-?\d{1,9}$/], 'reversed', ['type', '1', 'a', 'A', 'i', 'I']],
  li: [['value', /^-?\d{1,9}$/]],
  dl: [],
  dt: [],
  dd: [],
  blockquote: ['cite'],
  pre: [],
  hr: [],
  figure: [],
  figcaption: [],
  table: [],
  caption: [],
  colgroup: [['span', digits]],
  col: [['span', digits]],
  thead: [],
  tbody: [],
  tfoot: [],
  tr: [],
  th: [...cell, ['scope', 'row', 'col', 'rowgroup', 'colgroup']],
  td: cell,
  a: ['href', 'hrefLang'],
  abbr: [],
  b: [],
  br: [],
  cite: [],
  code: [],
  del: ['cite', 'dateTime'],
  em: [],
  i: [],
  ins: ['cite', 'dateTime'],
  kbd: [],
  mark: [],
  q: ['cite'],
  s: [],
  samp: [],
  small: [],
  strong: [],
  sub: [],
  sup: [],
  time: ['dateTime'],
  u: [],
  wbr: [],
  img: ['src', 'srcSet', 'sizes', 'alt', ...size],
  picture: [],
  source: ['src', 'srcSet', 'sizes', 'media', 'type', ...size],
  audio: ['src'],
  video: ['src', 'poster', ...size],
  track: [
    'src',
    'srcLang',
    'label',
    'default',
    ['kind', 'subtitles', 'captions', 'descriptions', 'chapters', 'metadata'],
  ],
  iframe: ['src', 'allowFullScreen', ...size],
}

/** The allow-list in the form that hast-util-sanitize reads; addresses have been checked before it runs. */
export const schema: Schema = {
  tagNames: Object.keys(elements),
  attributes: {
    ...elements,
    '*': ['title', ['lang', /^[a-z\d-]{1,35}$/i], ['dir', 'ltr', 'rtl', 'auto']],
  },
  required: {
    audio: { controls: true },
    video: { controls: true },
    iframe: {
      sandbox: 'allow-scripts allow-same-origin allow-popups allow-presentation',
      loading: 'lazy',
      // YouTube refuses to play for an embedder that sends no referrer at all.
      referrerPolicy: 'strict-origin-when-cross-origin',
    },
  },
  ancestors: {
    li: ['ul', 'ol'],
    dt: ['dl'],
    dd: ['dl'],
    figcaption: ['figure'],
    caption: ['table'],
    colgroup: ['table'],
    col: ['table'],
    thead: ['table'],
    tbody: ['table'],
    tfoot: ['table'],
    tr: ['table'],
    th: ['table'],
    td: ['table'],
    source: ['picture', 'audio', 'video'],
    track: ['audio', 'video'],
  },
  protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['http', 'https'], cite: ['http', 'https'] },
  clobber: [],
  strip: [],
}

export const allowed: ReadonlySet<string> = new Set(schema.tagNames)

/**
 * Elements that go together with what is in them; any other that is not allowed leaves its content. Those that never
 * have any (`embed`, `link`, `meta`), or that the parser leaves out, need no name here.
 */
export const dropped: ReadonlySet<string> = new Set([
  ...['script', 'style', 'noscript', 'object', 'applet', 'svg', 'math', 'canvas', 'title'],
  ...['form', 'button', 'select', 'option', 'optgroup', 'textarea', 'label', 'fieldset', 'legend'],
  ...['datalist', 'output', 'progress', 'meter', 'dialog', 'nav'],
  ...['noframes', 'noembed', 'portal', 'fencedframe'],
])

/** Elements that are written under another name. */
export const renamed: ReadonlyMap<string, string> = new Map([
  ['h1', 'h2'],
  ['strike', 's'],
])

/** Boxes that are not allowed but stand apart: when they hold only a run of text, it becomes a paragraph. */
export const boxes: ReadonlySet<string> = new Set([
  ...['div', 'section', 'article', 'aside', 'header', 'footer', 'main', 'address', 'center'],
  ...['details', 'summary', 'hgroup', 'search'],
])

/** Allowed elements that can't stand in a paragraph. */
export const blocks: ReadonlySet<string> = new Set([
  ...['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'hr'],
  ...[
    'figure',
    'figcaption',
    'table',
    'caption',
    'colgroup',
    'col',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
  ],
])

/** Allowed elements that hold no paragraph. */
export const phrasing: ReadonlySet<string> = new Set(['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'])

/** What the class or id of an `aside` says when it is furniture. */
export const furniture =
  /(?:^|[\s_-])(?:share|sharing|social|newsletter|subscribe|related|recommended|cookies?|consent)(?:$|[\s_-])/i

/** Schemes that a link may have, and those of anything that a reader loads by itself. */
export const linkSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:'])
export const mediaSchemes: ReadonlySet<string> = new Set(['http:', 'https:'])

/** Where pages that load late keep the true address, best first. */
export const lateSources: readonly string[] = ['dataSrc', 'dataOriginal', 'dataLazySrc']
export const lateSourceSets: readonly string[] = ['dataSrcset', 'dataLazySrcset']

/** Players that may be framed: https only, the host compared as a whole, port included. */
export const frameHosts: ReadonlySet<string> = new Set([
  'www.youtube-nocookie.com',
  'youtube-nocookie.com',
  'www.youtube.com',
  'player.vimeo.com',
  'w.soundcloud.com',
  'open.spotify.com',
  'www.dailymotion.com',
  'geo.dailymotion.com',
  'embed.bsky.app',
])
