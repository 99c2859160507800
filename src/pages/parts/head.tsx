import { html, raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import type { Image } from '../../domain/article.ts'
import { absolute, type Site } from '../../domain/site.ts'
import { shortened } from '../../domain/text.ts'
import { maxInHead } from './metadata.ts'

/** What a page says about itself to whoever shows a preview of it. */
interface Preview {
  kind: 'article' | 'website'
  title: string
  description: string
  /** The canonical URL. */
  url: string
  language: string
  image?: Image | undefined
}

/** Description, Open Graph, Twitter card and canonical link; `children` are further Open Graph properties. */
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

/** The site's own picture says the site's name where the setting says nothing else. */
export const siteImage = ({ image, title }: Site): Image => ({ alt: title, ...image })

/** A large card asks for 300 pixels of width; a picture that says no width is taken to have them. */
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

/** One Open Graph property; nothing where it has no value. */
export const Property: FC<{ name: string; value: string | number | undefined }> = ({ name, value }) =>
  value === undefined ? null : <meta property={name} content={`${value}`} />

/** A link in the head. It is not JSX, since hono would move that behind everything else in the head. */
export const HeadLink: FC<{ rel: string; href: string; type?: string; title?: string }> = ({
  rel,
  href,
  type,
  title,
}) =>
  type === undefined
    ? html`<link rel="${rel}" href="${href}">`
    : html`<link rel="${rel}" type="${type}" title="${title ?? ''}" href="${href}">`

/** JSON-LD that is already safe inside `<script>`. */
export const StructuredData: FC<{ json: string }> = ({ json }) => (
  <script type="application/ld+json">{raw(json)}</script>
)

/** `fr_CA` for `fr-CA`: Open Graph wants a territory, so one is found for a language that names none. */
function openGraphLocale(language: string): string {
  const { language: primary, region } = new Intl.Locale(language).maximize()
  return region ? `${primary}_${region}` : primary
}
