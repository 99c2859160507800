import { foldName } from '../domain/name.ts'
import type { ImportItem } from './import.ts'
import { nearestName, readNames } from './known-names.ts'
import type { Target } from './target.ts'

/** How many new sections of one run are compared with the known names, so that a run of many takes linear time. */
const maxComparedSections = 100

/** The states of articles that were never public, so that their sections may have no path. */
const unseenStates = ['draft', 'scheduled'] as const

/**
 * Adds a warning to the first article of each section that no article has yet, because the name may be misspelled. Articles
 * of a backup get none: their sections come with them. Drafts and scheduled articles are read only if a section has no path.
 */
export async function warnOfNewSections(
  found: readonly ImportItem[],
  target: Pick<Target, 'paths' | 'list'>,
): Promise<ImportItem[]> {
  const sections = found.flatMap((item) => sectionIn(item) ?? [])
  if (sections.length === 0) return [...found]
  const withPath = ((await readNames(target)).get('sections') ?? []).map(({ name }) => name)
  const named = new Set(withPath.map(foldName))
  const isNew = sections.some((section) => !named.has(foldName(section)))
  const known = isNew ? [...withPath, ...(await sectionsOfUnseen(target))] : withPath
  const seen = new Set(known.map(foldName))
  let compared = 0
  return found.map((item) => {
    const section = sectionIn(item)
    if (section === undefined || seen.has(foldName(section))) return item
    seen.add(foldName(section))
    compared += 1
    const meant = compared > maxComparedSections ? undefined : nearestName(section, known)
    const warning = `${section}: new section${meant === undefined ? '' : `; did you mean ${meant}?`}`
    return { ...item, warnings: [...(item.warnings ?? []), warning] }
  })
}

/** Returns the sections of the stored articles that were never public, each once. */
async function sectionsOfUnseen(target: Pick<Target, 'list'>): Promise<string[]> {
  const names = new Set<string>()
  for (const status of unseenStates)
    for await (const { section } of target.list({ status })) if (section !== undefined) names.add(section)
  return [...names]
}

/** The section of an article that will be saved; undefined for all other items, and for articles of a backup. */
function sectionIn(item: ImportItem): string | undefined {
  if (!('article' in item) || !item.article.ok || item.origin) return undefined
  return item.article.value.section
}
