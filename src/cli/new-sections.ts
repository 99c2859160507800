import { foldName } from '../domain/name.ts'
import type { ImportItem } from './import.ts'
import { nearestName, readNames } from './known-names.ts'
import type { Target } from './target.ts'

/** How many new sections of one run are compared with the known names, so that a run of many takes linear time. */
const maxComparedSections = 100

/**
 * Adds a warning to the first article of each section that no article has yet, because the name may be misspelled. Articles
 * of a backup get none: their sections come with them.
 */
export async function warnOfNewSections(
  found: readonly ImportItem[],
  target: Pick<Target, 'paths'>,
): Promise<ImportItem[]> {
  if (!found.some(sectionIn)) return [...found]
  const known = ((await readNames(target)).get('sections') ?? []).map(({ name }) => name)
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

/** The section of an article that will be saved; undefined for all other items, and for articles of a backup. */
function sectionIn(item: ImportItem): string | undefined {
  if (!('article' in item) || !item.article.ok || item.origin) return undefined
  return item.article.value.section
}
