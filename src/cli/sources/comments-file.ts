import { isOfDisqus, readDisqus } from './comments-disqus.ts'
import { isOfWordpressComments, readWordpressComments } from './comments-wordpress.ts'
import type { FoundComments } from './found-comments.ts'
import type { Xml } from './xml.ts'
import { type XmlPart, xmlPartsOf } from './xml-stream.ts'

/** Reads the comments of a WordPress export (WXR) or of an export of Disqus from its pieces. Throws an error with a sentence for others. */
export async function readComments(texts: AsyncIterable<string>): Promise<FoundComments> {
  const parts = xmlPartsOf(
    texts,
    (name, parent) => isOfWordpressComments(name, parent) || isOfDisqus(name, parent),
  )
  const first = await parts.next()
  const root = first.value?.kind === 'root' ? first.value.element : undefined
  const read = root && readerOf(root)
  if (!read)
    throw new Error(
      'Cannot import comments: the file must be an export of WordPress (WXR) or of Disqus, as XML',
    )
  return read(parts)
}

function readerOf({
  name,
  attributes,
}: Xml): ((parts: AsyncIterable<XmlPart>) => Promise<FoundComments>) | undefined {
  if (name === 'rss' && 'xmlns:wp' in attributes) return readWordpressComments
  return name === 'disqus' ? readDisqus : undefined
}
