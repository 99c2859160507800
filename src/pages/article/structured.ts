import { type Article, type Author, type Image, knownDate } from '../../domain/article.ts'
import { creditedIn, isOrganization } from '../../domain/credits.ts'
import { absolute, address, iconAt, readAt, type Site } from '../../domain/site.ts'
import { legalValue, shortened } from '../../domain/text.ts'
import { siteImage } from '../parts/head.tsx'
import { authorAddress, inHead, maxInHead, namesInHead } from '../parts/metadata.ts'

/**
 * Returns the article as a schema.org NewsArticle in JSON-LD, which search engines and Mastodon read. The text
 * is safe inside `<script>`.
 */
export function structuredArticle(site: Site, article: Article): string {
  const { image = siteImage(site), source, place, section, rights } = article
  const tags = namesInHead(article.tags)
  const authors = creditedIn(article)
    .slice(0, maxInHead.names)
    .map((author) => authorObject(site, article, author))
  return inScript({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: shortened(article.title, maxInHead.title),
    ...(article.summary && { description: shortened(article.summary, maxInHead.description) }),
    ...(inHead(absolute(site, image.url)) && { image: [imageObject(site, image)] }),
    datePublished: knownDate(article, 'published'),
    dateModified: knownDate(article, 'updated'),
    ...(authors.length > 0 && { author: authors }),
    publisher: { ...organization(site.title, address(site, '')), logo: iconAt(site) },
    ...(source && {
      sourceOrganization: organization(source.name, source.url),
      copyrightHolder: organization(source.name, source.url),
    }),
    ...(place !== undefined && { dateline: shortened(place, maxInHead.name) }),
    inLanguage: article.language,
    ...(inHead(readAt(site, article)) && { mainEntityOfPage: readAt(site, article) }),
    ...(section !== undefined && { articleSection: shortened(section, maxInHead.name) }),
    ...(tags.length > 0 && { keywords: tags }),
    ...correctionOf(article),
    ...(rights.copyright !== undefined && { copyrightNotice: shortened(rights.copyright, maxInHead.title) }),
    ...(inHead(rights.license) && { license: rights.license }),
    // The property `isAccessibleForFree` describes the whole article, so it is omitted if the page shows only
    // the summary.
    ...(rights.syndicate !== 'summary' && { isAccessibleForFree: true }),
  })
}

/** The correction of the article (schema.org CorrectionComment). The page shows its text only with the body. */
const correctionOf = (article: Article) => {
  const { note, rights } = article
  return (
    note !== undefined && {
      correction: {
        '@type': 'CorrectionComment',
        ...(rights.syndicate !== 'summary' && { text: shortened(note, maxInHead.description) }),
        datePublished: knownDate(article, 'updated'),
      },
    }
  )
}

const organization = (name: string, url?: string) => ({
  '@type': 'Organization',
  name: shortened(name, maxInHead.name),
  ...(inHead(url) && { url }),
})

function authorObject(site: Site, article: Article, author: Author) {
  const url = authorAddress(site, article, author)
  return {
    '@type': isOrganization(site, article, author.name) ? 'Organization' : 'Person',
    name: shortened(author.name, maxInHead.name),
    ...(url !== undefined && { url }),
  }
}

function imageObject(site: Site, { url, width, height, alt, caption = alt, credit }: Image) {
  return {
    '@type': 'ImageObject',
    url: absolute(site, url),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(caption !== undefined && { caption: shortened(caption, maxInHead.description) }),
    ...(credit !== undefined && { creditText: shortened(credit, maxInHead.name) }),
  }
}

const escapes: Record<string, string> = { '<': '\\u003c', '\u2028': '\\u2028', '\u2029': '\\u2029' }

/**
 * Writes JSON in which no text can close the `<script>` element. U+2028 and U+2029 are escaped because some
 * parsers treat them as line ends.
 */
const inScript = (value: unknown): string =>
  JSON.stringify(value, legalValue).replace(/[<\u2028\u2029]/g, (character) => escapes[character] as string)
