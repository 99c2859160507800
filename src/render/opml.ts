import type { FolderPart } from '../domain/directory.ts'
import { titleOf } from '../domain/feed.ts'
import { everything, type Selection } from '../domain/selection.ts'
import { address, feedAddress, type Site } from '../domain/site.ts'
import { element, escapePlain, escapeText } from './guard.ts'

/**
 * A folder of the directory with its title. If not all selections of the folder are listed, `rest` is the
 * address of the OPML document with the rest.
 */
interface NamedFolderPart extends FolderPart {
  title: string
  rest?: string
}

/**
 * Renders the directory as a subscription list (OPML 2.0). It has only one level of folders, because feed
 * readers do not keep deeper levels. If a folder is too long for one document, an outline of type `include`
 * names the document that continues the folder.
 */
export function renderOpml(site: Site, parts: readonly NamedFolderPart[], whole: boolean): string {
  const all = whole ? outlineOf(site, everything) : ''
  const folders = parts.map(({ title, selections, rest }) => {
    const text = `${site.title} — ${title}`
    const outlines = selections.map((selection) => outlineOf(site, selection))
    if (rest !== undefined)
      outlines.push(element('outline', { text: `${text} (…)`, type: 'include', url: rest }))
    return element('outline', { text, title: text }, outlines.join(''))
  })
  const head = `<title>${escapePlain(site.title)}</title>${ownerOf(site)}<docs>http://opml.org/spec2.opml</docs>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head>${head}</head><body>${all}${folders.join('')}</body></opml>\n`
}

/** The owner of the list, if the settings say how to reach the owner: an e-mail address, or the address of a page (OPML 2.0). */
function ownerOf({ contact }: Site): string {
  if (contact === undefined) return ''
  return element(contact.startsWith('https://') ? 'ownerId' : 'ownerEmail', {}, escapeText(contact))
}

function outlineOf(site: Site, selection: Selection): string {
  const { path } = selection
  const title = titleOf({ site, selection })
  return element('outline', {
    text: title,
    title,
    type: 'rss',
    xmlUrl: feedAddress(site, { path }, 'rss'),
    htmlUrl: address(site, path),
    language: site.language,
  })
}
