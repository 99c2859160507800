import type { Schema } from 'hast-util-sanitize'

const digits = /^\d{1,5}$/
const size = [
  ['width', digits],
  ['height', digits],
] satisfies Attributes
const cell = [['colSpan', digits], ['rowSpan', digits], 'abbr'] satisfies Attributes

type Attributes = NonNullable<Schema['attributes']>[string]

/**
 * All elements allowed in an article's body, each with its allowed attributes under their hast names. All other
 * elements and attributes are removed.
 */
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
  // The question that the author asks about the passage, and its id (docs/comments.md).
  mark: ['dataQuestion', 'dataQuestionId'],
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

/**
 * The allow-list of elements and attributes in the form that hast-util-sanitize reads. The addresses in
 * attributes are checked before the sanitizer runs.
 */
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
      // YouTube refuses to play a video if the embedding page sends no referrer.
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
 * HTML elements that are removed from article bodies together with their content. Other elements that are not
 * allowed are replaced by their content. Elements without content (`embed`, `link`, `meta`) and elements that
 * the parser drops need no entry here.
 */
export const dropped: ReadonlySet<string> = new Set([
  ...['script', 'style', 'noscript', 'object', 'applet', 'svg', 'math', 'canvas', 'title'],
  ...['form', 'button', 'select', 'option', 'optgroup', 'textarea', 'label', 'fieldset', 'legend'],
  ...['datalist', 'output', 'progress', 'meter', 'dialog', 'nav'],
  ...['noframes', 'noembed', 'portal', 'fencedframe'],
])

/** HTML elements that are replaced by another element in article bodies, such as `h1` by `h2`. */
export const renamed: ReadonlyMap<string, string> = new Map([
  ['h1', 'h2'],
  ['strike', 's'],
])

/**
 * HTML block elements that are not allowed in article bodies. If such an element contains only inline
 * content, it becomes a paragraph; otherwise it is replaced by its content.
 */
export const boxes: ReadonlySet<string> = new Set([
  ...['div', 'section', 'article', 'aside', 'header', 'footer', 'main', 'address', 'center'],
  ...['details', 'summary', 'hgroup', 'search'],
])

/** HTML elements that are allowed in article bodies and cannot be inside a paragraph. */
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

/** HTML elements that are allowed in article bodies and cannot contain a paragraph. */
export const phrasing: ReadonlySet<string> = new Set(['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'])

/** Words in the class or id of an `aside` element that show that the element is not part of the article. */
export const furniture =
  /(?:^|[\s_-])(?:share|sharing|social|newsletter|subscribe|related|recommended|cookies?|consent)(?:$|[\s_-])/i

/** The URL schemes allowed in links, and the narrower set allowed in addresses that a browser loads by itself. */
export const linkSchemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:'])
export const mediaSchemes: ReadonlySet<string> = new Set(['http:', 'https:'])

/** The attributes in which pages with lazy loading keep the true address of a picture, the most reliable first. */
export const lateSources: readonly string[] = ['dataSrc', 'dataOriginal', 'dataLazySrc']
export const lateSourceSets: readonly string[] = ['dataSrcset', 'dataLazySrcset']

/**
 * The hosts whose players may be embedded in an iframe. The address must use https, and the whole host must
 * match, including the port.
 */
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
