import type { Page } from './page-dom.ts'

/** An object of a page's JSON-LD. */
type DataObject = Readonly<Record<string, unknown>>

/** What a page's JSON-LD says. */
export interface PageData {
  /** The object that describes the article itself. */
  article: DataObject | undefined
  /** All objects, in the order of the page. */
  objects: readonly DataObject[]
  /** The objects that are no items of a list, no comments and no other works that the page mentions. */
  own: readonly DataObject[]
}

/** Scripts beyond this size, and objects beyond this number, describe no single article. */
const maxScriptCharacters = 1_000_000
const maxObjects = 5000
const maxNames = 50

/**
 * Reads a page's JSON-LD: objects, arrays and `@graph`, nested in any way. The article is the first object whose type is
 * that of an article and that is no item of a list, of several the first whose headline is a title of the page; otherwise the
 * first object with a date of publication. An article whose headline has no word of the page's titles (`isUnlikeTitles`), and
 * whose name is not the title, is another one, and is not the page's own. A script that is no JSON is skipped.
 */
export function readData(
  page: Page,
  isTitle: (text: string) => boolean,
  isUnlikeTitles: (text: string) => boolean,
): PageData {
  const objects: DataObject[] = []
  const listed = new Set<DataObject>()
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    const value = script.textContent.length > maxScriptCharacters ? undefined : parsed(script.textContent)
    collect(value, objects, listed)
  }
  const isOther = (object: DataObject) =>
    typesOf(object).some(isArticle) &&
    isUnlikeTitles(textIn(object, 'headline') ?? '') &&
    !isTitle(textIn(object, 'name') ?? '')
  const own = objects.filter(
    (object) => !listed.has(object) && !typesOf(object).some(isComment) && !isOther(object),
  )
  const articles = own.filter((object) => typesOf(object).some(isArticle))
  const article =
    articles.find((object) => isTitle(textIn(object, 'headline') ?? '')) ??
    articles.find((object) => 'headline' in object) ??
    articles[0] ??
    own.find((object) => textIn(object, 'datePublished') !== undefined && !isMediaOrEvent(object))
  return { article, objects, own }
}

/** Parses a script; a comment or CDATA section around it and line breaks within its texts are errors that pages have. */
function parsed(script: string): unknown {
  const json = script
    .trim()
    .replace(/^(?:\/\*\s*|\/\/\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*\/)?/, '')
    .replace(/(?:\/\*\s*|\/\/\s*)?(?:-->|\]\]>)(?:\s*\*\/)?$/, '')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/;\s{0,9}$/, '')
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Adds all objects within a value to `objects`, outer ones first, and those that are items of a list to `listed` as well. */
function collect(value: unknown, objects: DataObject[], listed: Set<DataObject>): void {
  let level = [{ value, isListed: false }]
  while (level.length > 0 && objects.length < maxObjects) {
    const next: typeof level = []
    for (const { value: one, isListed } of level) {
      if (typeof one !== 'object' || one === null) continue
      if (Array.isArray(one)) {
        for (const item of one) next.push({ value: item, isListed })
        continue
      }
      const object = one as DataObject
      objects.push(object)
      if (isListed) listed.add(object)
      for (const [name, member] of Object.entries(object))
        next.push({ value: member, isListed: isListed || isListName(name) })
    }
    level = next
  }
}

/** Members that hold other articles, or what readers wrote. */
const isListName = (name: string): boolean =>
  /^(?:itemListElement|hasPart|isPartOf|comment|review|mentions|citation|relatedLink|about|isBasedOn)$/.test(
    name,
  )

const typesOf = (object: DataObject): string[] =>
  [object['@type']].flat().filter((type): type is string => typeof type === 'string')

const isArticle = (type: string): boolean => /(?:Article|BlogPosting|Report|Recipe|Review)$/.test(type)

const isComment = (type: string): boolean => /Comments?$/.test(type)

/** Tells whether an object describes the web page, whose dates need not be the article's. */
export const isWebPage = (object: DataObject): boolean => typesOf(object).some((type) => /Page$/.test(type))

/** Tells whether an object describes a video, a picture or an event, whose dates need not be the article's. */
export const isMediaOrEvent = (object: DataObject): boolean =>
  typesOf(object).some((type) => /(?:Object|Event)$/.test(type))

/** A name in JSON-LD, and whether it is an object that is said to be a person, or nothing else. */
interface DataName {
  name: string
  isPerson: boolean
}

/** Returns the names that a member holds: texts, or objects with a name, one or several. */
export function namesIn({ objects }: PageData, value: unknown): DataName[] {
  return [value]
    .flat()
    .slice(0, maxNames)
    .flatMap((one: unknown) => {
      if (typeof one === 'string') return [{ name: one, isPerson: false }]
      if (typeof one !== 'object' || one === null) return []
      // An author may be a reference to another object of the graph.
      const id = (one as DataObject)['@id']
      const isNamed = 'name' in one || id === undefined
      const named = isNamed
        ? (one as DataObject)
        : objects.find((object) => object['@id'] === id && 'name' in object)
      const types = named === undefined ? [] : typesOf(named)
      const isPerson = types.length === 0 || types.includes('Person')
      return [named?.name].flat().flatMap((name) => (typeof name === 'string' ? [{ name, isPerson }] : []))
    })
}

/** The text of a member, or its number as text; undefined if it is neither. */
export function textIn(object: DataObject | undefined, name: string): string | undefined {
  const value = [object?.[name]].flat()[0]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
