import type { FC } from 'hono/jsx'
import type { Image } from '../../domain/article.ts'
import { absolute, type Site } from '../../domain/site.ts'

/**
 * Renders an article's picture. The first picture of a page is loaded at once, all others when the reader
 * scrolls near them.
 */
export const Picture: FC<{ site: Site; image: Image; first?: boolean }> = ({
  site,
  image,
  first = false,
}) => (
  <img
    src={absolute(site, image.url)}
    alt={image.alt ?? ''}
    width={image.width}
    height={image.height}
    {...(first ? { fetchpriority: 'high' } : { loading: 'lazy' })}
  />
)
