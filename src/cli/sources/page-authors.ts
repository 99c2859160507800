import { shortened } from '../../domain/text.ts'
import { type Byline, parseByline, parseName, wordsOf } from '../../ingest/byline.ts'
import { parsePageDates } from '../../ingest/page-dates.ts'
import {
  confirmed,
  fullerLine,
  isNewsroom,
  isWholeName,
  listIn,
  type PageCredits,
  type ShownByline,
  withNameOfUser,
} from './page-bylines.ts'
import { namesIn } from './page-data.ts'
import { type Element, linesOf, textOf } from './page-dom.ts'
import { isSectionOrProgram } from './page-doubtful-authors.ts'
import { isPublisher, isSiteName, keyOf, type PageFacts } from './page-facts.ts'
import {
  type Accepts,
  creditsIn,
  isAuthor,
  isFromPlace,
  label,
  maxNameCharacters,
  parseNames,
  withoutLabels,
  withoutPictures,
} from './page-names.ts'
import { otherArticleTest } from './page-other-articles.ts'
import { isOtherRole, otherPersonTest } from './page-other-people.ts'
import { type HeadLines, isOfReaders, isOutside, longestParagraph } from './page-parts.ts'

const maxElements = 100
/** A longer element holds more than a byline. */
const maxBylineCharacters = 1000

/** Names of `meta` elements that hold an author. */
const metaNames =
  `dc.creator dcterms.creator author article:author article:author_name og:article:author citation_author dc.contributor
   parsely-author sailthru.author cxenseparse:author byl creator article.author authors`.split(/\s+/)

/** Elements that hold the names of all authors. */
const stated = [
  '[itemprop~="author"] [itemprop~="name"], [itemprop~="creator"] [itemprop~="name"]',
  '[itemprop~="author"], [itemprop~="creator"]',
  '[rel~="author"]',
  'a[href*="/author/"], a[href*="/auteur/"], a[href*="/autor/"], a[href*="/autoren/"]',
  '.author, .autor, .auteur, .post-author, .entry-author, .author-name, .author__name, .author_name, .vcard .fn, .submitted .username',
]

/** Elements whose class says that they hold a byline. */
const named = [
  ...['class', 'id', 'data-testid'].map((attribute) =>
    ['byline', 'author', 'autor', 'auteur'].map((name) => `[${attribute}*="${name}" i]`).join(', '),
  ),
]

/**
 * Finds the authors and agencies of a page: in JSON-LD and `meta` elements, which what the page shows may correct; otherwise in
 * elements that are named for an author, and at last in a line such as `Par Kim Tremblay` near the headline. Dates and labels are no
 * authors. The site itself is one only if an element of the article names it and nothing names anybody else, as on the site of a
 * single person, or if the JSON-LD says that it is a person. The headline is nobody.
 */
export function creditsOfPage(
  facts: PageFacts,
  heading: Element | undefined,
  lines: HeadLines,
): PageCredits | undefined {
  const headline = heading ?? longestParagraph(facts.page)
  const title = keyOf(textOf(heading))
  const isNobody = (name: string) => isPublisher(facts, name) || keyOf(name) === title
  const shown = shownBylines(facts, headline, lines, (name) => !isNobody(name))
  const inMetadata = creditsInMetadata(facts)
  if (inMetadata) return withNameOfUser(withDoubt(confirmed(inMetadata, shown), inMetadata))
  const [first] = shown
  if (first) return fullerLine(first, shown)
  return shownBylines(facts, headline, undefined, (name) => keyOf(name) !== title)[0] ?? ownerOfSite(facts)
}

/**
 * The author in the article's JSON-LD who has the name of the site, if the address is made of this name, too, and the page names
 * the person as the holder of its copyright. Without that, a paper is more likely, because papers call themselves persons there.
 */
function ownerOfSite({ metas, data, hostNames }: PageFacts): PageCredits | undefined {
  const hosts = hostNames.map(keyOf)
  const holders = (metas.get('copyright') ?? []).map(keyOf)
  const name = namesIn(data, data.article?.author)
    .filter((one) => one.isPerson && [hosts, holders].every((names) => names.includes(keyOf(one.name))))
    .map((one) => one.name.trim())
    .find((one) => isWholeName(one) && parseName(one)?.authors.join() === one)
  return name === undefined
    ? undefined
    : { authors: [name], agencies: [], guess: `"${shortened(name, 80)}" is also the name of the site` }
}

/** Adds to the credits that the page shows that the metadata names others. */
function withDoubt(credits: PageCredits, { authors, agencies }: Byline): PageCredits {
  const names = authors.length > 0 ? authors : credits.authors.length > 0 ? agencies : []
  const [shown, stated] = [credits.authors, names].map((list) => [...new Set(list)].join(', '))
  if (shown === stated) return credits
  return {
    ...credits,
    guess: `the page shows "${shown}", and its metadata "${stated}"; those shown are taken`,
  }
}

/** Returns the texts of the elements that are named for a byline and stand near no other article. */
export const namedBylinesOf = (facts: PageFacts, headline: Element | undefined): string[] =>
  named.flatMap((selector) => elementsOf(facts, selector, headline).map((element) => textOf(element)))

/** What the page shows as its byline: elements that state authors, elements whose name says so, and a line of text. */
function shownBylines(
  facts: PageFacts,
  headline: Element | undefined,
  lines: HeadLines | undefined,
  accepts: Accepts,
): ShownByline[] {
  const byClass = stated.length - 1
  const inElements = firstOf([...stated.entries()], ([at, selector]) => {
    const found = creditsInStated(elementsOf(facts, selector, headline), accepts)
    return found && { ...found, isCertain: at < byClass }
  })
  const inNamed = firstOf(named, (selector) => creditsInGroup(elementsOf(facts, selector, headline), accepts))
  const inText = lines && creditsInText(facts, lines)
  return [
    inElements,
    inNamed && { ...inNamed, isCertain: false },
    inText && { ...inText, isCertain: true },
  ].filter((one) => one !== undefined)
}

function creditsInMetadata(facts: PageFacts): Byline | undefined {
  const { metas, data } = facts
  const authors = namesIn(data, data.article?.author ?? data.article?.creator)
  const persons = authors.filter(({ isPerson }) => isPerson).map(({ name }) => name)
  const others = authors.filter(({ isPerson }) => !isPerson).map(({ name }) => name)
  const inMetas = metaNames.map((name) => {
    const texts = metas.get(name) ?? []
    return texts.map((text) => (catalogueNames.test(name) || isInverted(text) ? inOrder(text) : text))
  })
  const lists = [others, ...inMetas, cardNames(facts)]
  return (
    creditsIn(persons, { isLoose: true, isList: true, accepts: (name) => !isPublisher(facts, name) }) ??
    firstOf(lists, (names) =>
      creditsIn(names, {
        ...{ isLoose: true, isList: true },
        accepts: (name) => !isSiteName(facts, name) && !isSectionOrProgram(facts, name),
      }),
    )
  )
}

/** The `meta` elements of library catalogues, which write a name as `Tremblay, Kim`. */
const catalogueNames = /^(?:dc|dcterms)\.|^citation_/

/** Writes the family name, if one word stands before the only comma, behind the given names. */
const inOrder = (name: string): string => name.replace(/^([^\s,;]+),\s+([^,;]+)$/u, '$2 $1')

/** Tells whether a text is nothing but two words as names have them, with a comma between them: `Tremblay, Kim`. */
const isInverted = (text: string): boolean =>
  text.split(',').length === 2 &&
  text.split(',').every((word) => /^\s*\p{Lu}[\p{L}'’-]*\p{Ll}\s*$/u.test(word) && !isNewsroom(word))

/** The author in the card that social networks show: `twitter:label1` says what `twitter:data1` is. */
function cardNames({ metas }: PageFacts): string[] {
  const numbers = ['1', '2'].filter((number) =>
    label.test(`${metas.get(`twitter:label${number}`)?.[0] ?? ''} `),
  )
  return numbers.flatMap((number) => metas.get(`twitter:data${number}`) ?? [])
}

function firstOf<T, R>(values: readonly T[], read: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = read(value)
    if (found !== undefined) return found
  }
  return undefined
}

/** Reads elements that hold authors, in the same `article` as the first of them: the others concern other articles. */
function creditsInStated(elements: readonly Element[], accepts: Accepts): PageCredits | undefined {
  const texts = elements
    .filter((element) => element.closest('article') === elements[0]?.closest('article'))
    .map((element) => element.getAttribute('content') ?? shownText(element))
  const certain = texts.filter((text) => !text.includes(' | '))
  return listIn(certain, { isLoose: true, accepts }) ?? listIn(texts, { isLoose: false, accepts })
}

/** Tells whether the name of an element says that it holds authors, and not that it holds a whole byline. */
const isForAuthors = (element: Element): boolean =>
  ['class', 'id', 'data-testid'].some((name) => {
    const value = element.getAttribute(name) ?? ''
    return /author|autor|auteur/i.test(value) && !/byline/i.test(value)
  })

function elementsOf({ page }: PageFacts, selector: string, headline: Element | undefined): Element[] {
  const isOfOther = otherArticleTest(headline)
  const isOtherPerson = otherPersonTest(headline)
  return [...page.querySelectorAll(selector)]
    .slice(0, maxElements)
    .filter(
      (element) =>
        element.textContent.length <= maxBylineCharacters &&
        !isOutside(element, headline) &&
        !isBesideArticle(element, headline) &&
        !isOfReaders(element, headline) &&
        !isOtherPerson(element) &&
        !isOfOther(element) &&
        !element.closest(others),
    )
}

/** Tells whether an element is in an `aside` outside of the `article` with the headline. */
function isBesideArticle(element: Element, headline: Element | undefined): boolean {
  const article = headline?.closest('article')
  return (
    article !== null &&
    article !== undefined &&
    element.closest('aside') !== null &&
    !article.contains(element)
  )
}

/** Microdata about other things than the article. */
const others = '[itemprop~="itemListElement"], [itemprop~="review"]'

/** Reads the first element that names somebody, and those beside it that are alike. */
function creditsInGroup(elements: readonly Element[], accepts: Accepts): PageCredits | undefined {
  for (const element of elements) {
    if (!creditsIn([shownText(element)], { isLoose: false, accepts })) continue
    const isAlike = (other: Element) =>
      other === element ||
      (other.getAttribute('class') === element.getAttribute('class') &&
        other.parentElement === element.parentElement)
    const read = isForAuthors(element) ? listIn : creditsIn
    return read(elements.filter(isAlike).map(shownText), { isLoose: false, accepts })
  }
  return undefined
}

const shownText = (element: Element): string =>
  linesOf(element)
    .map(({ text }) => text)
    .join(' | ')

/**
 * Reads a byline in the text of the page: near the headline, a line with a word such as `Par`, or a name beside a date; anywhere
 * in the article, the only line that consists of such a word and a person's name.
 */
function creditsInText(facts: PageFacts, { near, short }: HeadLines): PageCredits | undefined {
  const isGerman = /^de\b/i.test(facts.page.documentElement?.getAttribute('lang') ?? '')
  const isValid = ({ authors }: Byline) =>
    authors.every((name) => isAuthor(name) && !isPublisher(facts, name))
  const found = firstOf(near.slice(1), (line) => {
    const byline = isOtherRole(line) || isFromPlace(line) ? undefined : bylineIn(line, isGerman)
    return byline && isValid(byline) ? { byline, line } : undefined
  })
  if (found) return guessed(found.byline, found.line)
  const marked = short.flatMap((line, at) => {
    const [first] = label.exec(`${line} `) ?? []
    if (first === undefined || isOtherRole(line)) return []
    const isAlone = first.trim() === line && line.endsWith(':')
    const names = withoutPictures(isAlone ? (short[at + 1] ?? '') : withoutLabels(line))
    const byline = names.length > maxNameCharacters ? undefined : parseNames(names)
    const isName = byline && isValid(byline) && byline.authors.every((name) => /^\p{Lu}.*\s/u.test(name))
    return isName && byline.authors.length > 0 ? [{ byline, line: isAlone ? `${line} ${names}` : line }] : []
  })
  const [only] = marked
  const isOnly = new Set(marked.map(({ byline }) => byline.authors.join())).size === 1
  return only && isOnly ? guessed(only.byline, only.line) : undefined
}

const guessed = (byline: Byline, line: string): PageCredits => ({
  ...byline,
  guess: `taken from the line "${shortened(line, 80)}"`,
})

/** Tells whether a separator stands between a date and a part of two words, as in `14.10.2022 | Kim Tremblay`. */
const isBesideDate = (line: string, part: string): boolean =>
  wordsOf(part).length === 2 && /\d(?: Uhr)?\s*[|·•–—-]\s*$/.test(line.slice(0, line.indexOf(part)))

/** Tells whether a line consists of a part and of an e-mail address behind a separator: `Kim Tremblay | kim@g.example`. */
const isBesideAddress = (line: string, part: string): boolean =>
  line.startsWith(part) && /^\s*\|\s*[^\s@|]{1,64}@[^\s@|]{1,200}$/.test(line.slice(part.length))

/** All nouns of German are written like names, so a name without a word, a date or an address beside it is none there. */
function bylineIn(line: string, isGerman: boolean): Byline | undefined {
  const { rest: others, published } = parsePageDates(line)
  return firstOf(others.split(' | '), (part) => {
    if (label.test(part)) return parseNames(withoutLabels(part)) ?? parseByline(part)
    return (
      parseByline(part) ??
      ((published && (!isGerman || isBesideDate(line, part))) || isBesideAddress(line, part)
        ? parseName(part)
        : undefined)
    )
  })
}
