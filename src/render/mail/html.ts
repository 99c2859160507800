import { canonicalTag, directionOf, directionOfText } from '../../domain/language.ts'
import { element, escapeText } from '../guard.ts'
import type { ListItem, Part, Story } from './part.ts'
import { plainLine } from './plain-line.ts'

interface Document {
  title: string
  language: string
  direction: 'ltr' | 'rtl'
  site: { title: string; url: string }
  parts: readonly Part[]
  foot: readonly Part[]
}

const serif = "Georgia,'Times New Roman',serif"
const sans = 'Helvetica,Arial,sans-serif'
const paper = '#fdfcf9'
const ink = '#1d1b18'
const quiet = '#625d54'
const rule = '#d9d4c8'
const accent = '#9a2318'

/** The styles of a letter's elements. They are in the elements, because some mail programs ignore `<style>`. */
const looks = {
  body: `margin:0;padding:0;background:${paper};color:${ink};font:17px/1.55 ${serif};-webkit-text-size-adjust:100%`,
  page: 'max-width:600px;margin:0 auto;padding:20px 20px 36px;overflow-wrap:anywhere',
  site: `margin:0 0 28px;padding:0 0 12px;border-bottom:1px solid ${rule};font-size:20px;line-height:1.2;font-weight:bold`,
  heading: 'margin:0 0 16px;font-size:26px;line-height:1.2',
  paragraph: 'margin:0 0 16px',
  quietParagraph: `margin:0 0 24px;color:${quiet};font:14px/1.45 ${sans}`,
  list: 'margin:0 0 20px;padding:0 20px',
  item: 'margin:0 0 6px',
  detail: `color:${quiet}`,
  action: 'margin:24px 0',
  button: `display:inline-block;padding:11px 20px;border:1px solid ${ink};border-radius:3px;color:${ink};font:bold 15px/20px ${sans};text-decoration:none`,
  plainLink: `color:${ink};text-decoration:underline`,
  story: 'margin:0 0 32px',
  kicker: `margin:0 0 6px;color:${accent};font:bold 13px/1.4 ${sans}`,
  headline: 'margin:0 0 8px;font-size:21px;line-height:1.25',
  onlyHeadline: 'margin:0 0 12px;font-size:28px;line-height:1.2',
  siteLink: `color:${ink};text-decoration:none`,
  headlineLink: `color:${ink};text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:3px`,
  note: `margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid ${accent}`,
  noteFromRight: `margin:0 0 16px;padding:0 14px 0 0;border-right:3px solid ${accent}`,
  quote: `margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid ${rule}`,
  quoteFromRight: `margin:0 0 16px;padding:0 14px 0 0;border-right:3px solid ${rule}`,
  credits: `margin:0;color:${quiet};font:14px/1.45 ${sans}`,
  foot: `margin:36px 0 0;padding:16px 0 0;border-top:1px solid ${rule};color:${quiet};font:14px/1.5 ${sans}`,
  footParagraph: 'margin:0 0 12px',
  footList: 'margin:0 0 14px;padding:0 18px',
  footLink: `color:${quiet};text-decoration:underline`,
} as const

/**
 * The colours for a dark screen. The classes are those of the elements, and `!important` is needed to go before the styles
 * in the elements.
 */
const dark =
  ':root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){.paper{background:#161513!important}.ink{color:#e9e5db!important;border-color:#e9e5db!important}.quiet{color:#a8a195!important}.accent{color:#f2a08f!important}.rule{border-color:#3b3832!important}.mark{border-color:#f2a08f!important}}'

/**
 * Writes a letter as an HTML document. It loads nothing: no picture, no font, no script. It has no tables, so that a screen
 * reader reads it as text and the text fits any width.
 */
export function htmlOf({ title, language, direction, site, parts, foot }: Document): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeText(title)}</title>`,
    `<style>${dark}</style>`,
  ]
  const page = [
    element('p', styled('site', 'ink rule'), link('siteLink', 'ink', site.url, plainLine(site.title))),
    ...parts.map(partOf),
    element('div', styled('foot', 'quiet rule'), `\n${foot.map(footPartOf).join('\n')}\n`),
  ]
  // Mail programs in browsers remove the elements `html` and `body`, so the language stands here too.
  const own = { role: 'article', 'aria-label': title, lang: language, dir: direction }
  const content = element('div', { ...own, ...styled('page', 'ink') }, `\n${page.join('\n')}\n`)
  const body = element('body', styled('body', 'paper ink'), `\n${content}\n`)
  const html = element(
    'html',
    { lang: language, dir: direction },
    `\n<head>\n${head.join('\n')}\n</head>\n${body}\n`,
  )
  return `<!DOCTYPE html>\n${html}\n`
}

const styled = (look: keyof typeof looks, name?: string) => ({ class: name, style: looks[look] })

const link = (look: keyof typeof looks, name: string, url: string, text: string): string =>
  element('a', { href: url, ...styled(look, name) }, escapeText(text))

function partOf(part: Part): string {
  switch (part.kind) {
    case 'heading':
      return element('h1', styled('heading', 'ink'), escapeText(plainLine(part.text)))
    case 'paragraph':
      return element(
        'p',
        styled(part.isQuiet ? 'quietParagraph' : 'paragraph', part.isQuiet ? 'quiet' : 'ink'),
        escapeText(plainLine(part.text)),
      )
    case 'quote':
      return quoteOf(part.paragraphs)
    case 'list':
      return element('ul', styled('list', 'ink'), itemsOf(part.items))
    case 'action':
      return element('p', styled('action'), link('button', 'ink', part.url, plainLine(part.text)))
    case 'link':
      return element('p', styled('paragraph'), link('plainLink', 'ink', part.url, plainLine(part.text)))
    case 'story':
      return storyOf(part.story)
  }
}

function footPartOf(part: Part): string {
  switch (part.kind) {
    case 'list':
      return element('ul', styled('footList', 'quiet'), itemsOf(part.items))
    case 'action':
    case 'link':
      return element('p', styled('footParagraph'), link('footLink', 'quiet', part.url, plainLine(part.text)))
    case 'heading':
    case 'paragraph':
      return element('p', styled('footParagraph', 'quiet'), escapeText(plainLine(part.text)))
    case 'quote':
      return quoteOf(part.paragraphs)
    case 'story':
      return storyOf(part.story)
  }
}

/**
 * The language of a quote is not known, so that each paragraph has the direction of its first letters. The bar of the quote stands
 * where its first paragraph begins. Not all mail programs know `border-inline-start`, so that the side is chosen here.
 */
function quoteOf(paragraphs: readonly string[]): string {
  const direction = directionOfText(paragraphs.join('\n'))
  return element(
    'blockquote',
    { dir: direction, ...styled(direction === 'rtl' ? 'quoteFromRight' : 'quote', 'ink rule') },
    paragraphs
      .map((one) => element('p', { dir: 'auto', ...styled('paragraph', 'ink') }, escapeText(plainLine(one))))
      .join(''),
  )
}

/** The name stands in `<bdi>`, so that a name from right to left does not move what follows it. */
const itemsOf = (items: readonly ListItem[]): string =>
  items
    .map(({ name, detail }) => {
      const about =
        detail && ` ${element('span', styled('detail', 'quiet'), `· ${escapeText(plainLine(detail))}`)}`
      return element('li', styled('item'), `${element('bdi', {}, escapeText(plainLine(name)))}${about}`)
    })
    .join('')

function storyOf({ language, kicker, title, url, note, summary, credits, isOnly }: Story): string {
  const direction = directionOf(language)
  const own = { lang: canonicalTag(language), dir: direction }
  const noteLook = direction === 'rtl' ? 'noteFromRight' : 'note'
  const headline = link('headlineLink', 'ink', url, plainLine(title) || url)
  const lines = [
    kicker && element('p', { ...own, ...styled('kicker', 'accent') }, escapeText(plainLine(kicker))),
    element(
      isOnly ? 'h1' : 'h2',
      { ...own, ...styled(isOnly ? 'onlyHeadline' : 'headline', 'ink') },
      headline,
    ),
    note && element('p', { ...own, ...styled(noteLook, 'ink mark') }, escapeText(plainLine(note))),
    summary && element('p', { ...own, ...styled('paragraph', 'ink') }, escapeText(plainLine(summary))),
    credits && element('p', styled('credits', 'quiet'), escapeText(credits)),
  ]
  return element('div', styled('story'), lines.filter((line) => line !== '').join('\n'))
}
