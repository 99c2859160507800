import { parseOpml } from 'feedsmith'
import type { Site } from '../../../src/domain/site.ts'
import { renderOpml } from '../../../src/render/opml.ts'
import { site } from '../../../test/render/samples.ts'
import { readable } from './compare.ts'
import { hostileTexts } from './hostile.ts'

/** A subscription list, and the feeds that a reader must find in it. */
interface OpmlDocument {
  name: string
  text: string
  title: string
  outlines: readonly { text: string; xmlUrl: string }[]
}

/** For each hostile text, the list of a site and of a tag that have the text as their name. */
export const opmlDocuments = (): OpmlDocument[] =>
  Object.entries(hostileTexts).map(([name, title]) => {
    const named: Site = { ...site, title }
    const selections = [{ path: `tags/${name}`, title }]
    const folder = { folder: 'tags' as const, title: 'Sujets', selections }
    return {
      name: `opml-${name}`,
      text: renderOpml(named, [folder], true),
      title: readable(title),
      outlines: [
        { text: readable(title), xmlUrl: `${site.url}/feed.rss` },
        { text: readable(`${title} — ${title}`), xmlUrl: `${site.url}/tags/${name}/feed.rss` },
      ],
    }
  })

/** What feedsmith reads otherwise in a list than it is. */
export function opmlFaults({ text, title, outlines }: OpmlDocument): string[] {
  const { head, body } = parseOpml(text)
  const read = (body?.outlines ?? []).flatMap(({ outlines = [], ...outline }) => [outline, ...outlines])
  const feeds = read.filter(({ xmlUrl }) => xmlUrl !== undefined)
  const found = feeds.map(({ text, xmlUrl }) => ({ text: text ?? '', xmlUrl: xmlUrl ?? '' }))
  return [
    ...(head?.title === title ? [] : [`title: ${head?.title} instead of ${title}`]),
    ...(JSON.stringify(found) === JSON.stringify(outlines) ? [] : [`outlines: ${JSON.stringify(found)}`]),
  ]
}
