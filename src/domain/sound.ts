import type { Article } from './article.ts'

/**
 * The stored article, or undefined when it could take a feed down: the door refuses such a one, but a
 * restored or hand-edited store may hold it, and one bad article never takes a feed down.
 */
export function soundArticle(json: string): Article | undefined {
  try {
    const article = JSON.parse(json) as Article
    const { slug, id, title, summary, html, language, published, updated, tags, authors, attachments } =
      article
    const texts = [slug, id, title, summary, html, language, ...tags, ...authors.map(({ name }) => name)]
    const addresses = [article.url, article.image?.url, ...attachments.map(({ url }) => url)]
    const sound =
      texts.every((text) => typeof text === 'string') &&
      [published, updated].every((date) => !Number.isNaN(Date.parse(date))) &&
      addresses.every((url) => url === undefined || URL.canParse(url, 'https://host.invalid/')) &&
      ['full', 'summary', 'none'].includes(article.rights.syndicate)
    return sound ? article : undefined
  } catch {
    return undefined
  }
}
