import type { FC } from 'hono/jsx'
import type { Image } from '../../domain/article.ts'
import { absolute, type Site } from '../../domain/site.ts'

/** An article's picture; the first of a page is loaded at once, any other when it comes near. */
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
