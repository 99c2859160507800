import { shortened } from '../../domain/text.ts'
import { titleOf } from './values.ts'
import { leftOut } from './wordpress-shortcodes.ts'
import { childrenOf, childText, type Xml } from './xml.ts'

/** Blocks that show nothing of their own, or only what WordPress finds again. */
const withoutText =
  /^(?:more|nextpage|separator|spacer|latest-posts|latest-comments|archives|categories|calendar|search|rss|tag-cloud|navigation|site-|post-|query|template-part|social-link|loginout|page-list|jetpack\/(?:related|sharing))/
const block = /^wp:([a-z][\w/-]{0,80})(\s[\s\S]*)?$/
const maxQuotedCharacters = 80

/**
 * Warns of blocks that the body only names, because WordPress or a plugin makes their HTML when it shows the page; the first text
 * in their data is quoted.
 */
export function warningsAboutBlocks(content: string): string[] {
  const lost = commentsIn(content).flatMap((comment) => {
    const [, name = '', data] = (comment.endsWith('/') && block.exec(comment.slice(0, -1).trim())) || []
    if (name === '' || withoutText.test(name)) return []
    const text = data === undefined ? undefined : longestText(data)
    return [text === undefined ? name : `${name} "${shortened(titleOf(text), maxQuotedCharacters)}"`]
  })
  return lost.length === 0 ? [] : [`text: ${leftOut('block', lost)}`]
}

/** The texts of the comments in HTML. */
function commentsIn(html: string): string[] {
  const comments: string[] = []
  for (let start = html.indexOf('<!--'); start !== -1; ) {
    const end = html.indexOf('-->', start)
    if (end === -1) break
    comments.push(html.slice(start + 4, end))
    start = html.indexOf('<!--', end)
  }
  return comments
}

/** The first text of two words or more in the data of a block; undefined if there is none or the data is no JSON. */
function longestText(data: string): string | undefined {
  try {
    const texts: string[] = []
    JSON.parse(data, (_, value) => {
      if (typeof value === 'string') texts.push(value)
      return value
    })
    return texts.find((text) => /\S\s+\S/.test(text))
  } catch {
    return undefined
  }
}

/** Names of fields of posts that plugins show as a part of the article. */
const shown =
  /(?:sub|sous|unter|über|ober|sur)[_-]?t[ií]t|kicker|standfirst|chap(?:o|eau)|dateline|\bdek\b|vorspann|entradilla|antet[ií]tulo/i

/** The kinds of terms that the import reads, and those that say nothing to readers. */
const usualTerms = new Set(['', 'category', 'post_tag', 'tag', 'post_format', 'nav_menu', 'language'])

/** Returns the terms of a post that a plugin or a theme has added to categories and tags, such as series, places or co-authors. */
function otherTermsOf(item: Xml): string[] {
  const creator = childText(item, 'dc:creator')
  return childrenOf(item, 'category').flatMap(({ attributes: { domain = '' }, text }) => {
    const isUsual = usualTerms.has(domain) || /translations$/.test(domain) || text.trim() === ''
    return isUsual || (domain === 'author' && text === creator) ? [] : [`${domain} "${titleOf(text)}"`]
  })
}

/** Warns of readers' comments, of fields of a post, such as a subtitle, and of terms that an import leaves out. */
export function warningsAboutPost(item: Xml): string[] {
  const comments = childrenOf(item, 'wp:comment').filter(
    (one) =>
      childText(one, 'wp:comment_approved') === '1' &&
      !/^(?:pingback|trackback)$/.test(childText(one, 'wp:comment_type') ?? ''),
  ).length
  const fields = childrenOf(item, 'wp:postmeta').flatMap((one) => {
    const [key = '', value = ''] = [childText(one, 'wp:meta_key'), childText(one, 'wp:meta_value')]
    const isText =
      shown.test(key) && !/^(?:field_|\d+$|[aibOsd]:\d|https?:)/.test(value) && /\p{L}/u.test(value)
    return isText ? [`${key} "${shortened(titleOf(value), maxQuotedCharacters)}"`] : []
  })
  const terms = otherTermsOf(item)
  return [
    ...(terms.length > 0 ? [`tags: ${leftOut('term', terms)}`] : []),
    ...(fields.length > 0 ? [`text: ${leftOut('field', fields)}`] : []),
    ...(comments > 0
      ? [
          `comments: ${comments === 1 ? "1 reader's comment" : `${comments} readers' comments`} left out; "npx kiosque comments import" adds them afterwards`,
        ]
      : []),
  ]
}
