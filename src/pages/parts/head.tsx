import { html, raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import type { Image } from '../../domain/article.ts'
import { absolute, type Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { maxInHead } from './metadata.ts'

/** The facts about a page from which the metadata for link previews are made. */
interface Preview {
  kind: 'article' | 'website'
  title: string
  description: string
  /** The canonical URL of the page. */
  url: string
  language: string
  image?: Image | undefined
}

/**
 * Renders the description, Open Graph properties, Twitter card and canonical link of a page; `children` are
 * further Open Graph properties.
 */
export const PreviewTags: FC<{ site: Site; preview: Preview; children?: Child }> = ({
  site,
  preview,
  children,
}) => {
  const { kind, url, language } = preview
  const image = preview.image ?? siteImage(site)
  const title = shortened(preview.title, maxInHead.title)
  const description = shortened(preview.description, maxInHead.description)
  return (
    <>
      {description && <meta name="description" content={description} />}
      <Property name="og:type" value={kind} />
      <Property name="og:title" value={title} />
      {description && <Property name="og:description" value={description} />}
      <Property name="og:url" value={url} />
      <Property name="og:site_name" value={site.title} />
      <Property name="og:locale" value={openGraphLocale(language)} />
      <ImageProperties site={site} image={image} />
      {children}
      <meta name="twitter:card" content={isLarge(image) ? 'summary_large_image' : 'summary'} />
      <meta name="robots" content="max-image-preview:large" />
      <HeadLink rel="canonical" href={url} />
    </>
  )
}

/**
 * Returns the picture of the site from the settings. If the settings contain no alternative text for the
 * picture, the site's title is the alternative text.
 */
export const siteImage = ({ image, title }: Site): Image => ({ alt: title, ...image })

/**
 * Tells whether a picture is wide enough for a large Twitter card, which requires 300 pixels. A picture of
 * unknown width counts as wide enough.
 */
const isLarge = ({ width = 300 }: Image): boolean => width >= 300

const ImageProperties: FC<{ site: Site; image: Image }> = ({ site, image }) => (
  <>
    <Property name="og:image" value={absolute(site, image.url)} />
    <Property name="og:image:type" value={image.type} />
    <Property name="og:image:width" value={image.width} />
    <Property name="og:image:height" value={image.height} />
    <Property name="og:image:alt" value={image.alt && shortened(image.alt, maxInHead.description)} />
  </>
)

/** Renders one Open Graph property; nothing if the property has no value. */
export const Property: FC<{ name: string; value: string | number | undefined }> = ({ name, value }) =>
  value === undefined ? null : <meta property={name} content={`${value}`} />

/**
 * Renders a `<link>` element for the `<head>` of a page. The element is written as a string, because hono moves
 * a `<link>` that is written as JSX behind all other elements of `<head>`.
 */
export const HeadLink: FC<{ rel: string; href: string; type?: string; title?: string }> = ({
  rel,
  href,
  type,
  title,
}) =>
  type === undefined
    ? html`<link rel="${rel}" href="${href}">`
    : html`<link rel="${rel}" type="${type}" title="${title ?? ''}" href="${href}">`

/**
 * Renders structured data (JSON-LD) in a `<script>` element. The caller has already escaped the text for this
 * element.
 */
export const StructuredData: FC<{ json: string }> = ({ json }) => (
  <script type="application/ld+json">{raw(json)}</script>
)

/**
 * Converts a language tag to an Open Graph locale: `fr-CA` becomes `fr_CA`. Open Graph requires a territory, so
 * a tag without a region gets the likeliest region of its language.
 */
function openGraphLocale(language: string): string {
  const { language: primary, region } = new Intl.Locale(language).maximize()
  return region ? `${primary}_${region}` : primary
}
