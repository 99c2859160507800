import { type Byline, namesRole, parseByline, parseName, wordsOf } from '../../ingest/byline.ts'
import { namesInBrackets } from '../../ingest/byline-parts.ts'
import { namesOrganization } from '../../ingest/organization-words.ts'
import { parsePageDates } from '../../ingest/page-dates.ts'
import { keyOf } from './page-facts.ts'
import { titleOf } from './values.ts'

const maxNames = 50
/** No author's name is longer. */
export const maxNameCharacters = 60
const maxLineCharacters = 300

/** Tells whether a name may be an author of the page. */
export type Accepts = (name: string) => boolean

/** How texts are read that are said to hold names. */
interface Reading {
  /** Whether the texts certainly are names, so that a name may be a single word or that of an organisation. */
  isLoose: boolean
  /** Whether commas separate authors, as in metadata; in a line that the page shows, a name behind a comma is doubtful. */
  isList?: boolean
  accepts: Accepts
}

/** Reads the names in texts that are said to hold authors; undefined if there are none. */
export function creditsIn(texts: readonly string[], reading: Reading): Byline | undefined {
  const isAuthorOfPage = (name: string) => !namesRole(name) && isAuthor(name) && reading.accepts(name)
  const whole = texts
    .slice(0, maxNames)
    .filter((text) => reading.accepts(text) && reading.accepts(text.split(/[,|]/, 1)[0] ?? ''))
  const bylines = whole.flatMap(partsOf).map((part) => namesOf(part, reading))
  const doubtful = bylines.flatMap((byline) => byline.doubtful ?? []).filter(isAuthorOfPage)
  const named = bylines.flatMap(({ authors }) => authors)
  // A newspaper may also stand before the only author.
  const isBefore = named.length === 1 && doubtful.length === 1 && newspaper.test(named[0] ?? '')
  const [first, ...others] = isBefore ? [...doubtful, ...named] : named
  const outlets = others.filter(
    (name) => newspaper.test(name) || (!reading.isList && namesOrganization(name)),
  )
  const credits = {
    authors: [first, ...others.filter((name) => !outlets.includes(name))].filter(
      (name) => name !== undefined,
    ),
    agencies: [...bylines.flatMap(({ agencies }) => agencies), ...outlets],
  }
  const left = doubtful.filter((name) => !credits.authors.includes(name))
  if (left.length > 0 && credits.authors.length > 0) return { ...credits, doubtful: left }
  return credits.authors.length + credits.agencies.length > 0 ? credits : undefined
}

/** The name of a newspaper begins with an article; behind an author's name, it says for whom the author writes. */
const newspaper = /^(?:the|la|le|les|die|der|das|el|los|las|il) |^l['’]/i

/** Splits a text into what its dates, separators and line breaks separate. */
function partsOf(text: string): string[] {
  if (text.length > maxLineCharacters || /^https?:/i.test(text.trim())) return []
  const line = titleOf(text)
    .replace(/(?<=\S\s{1,9})@[\w.]{1,50}|\S{1,64}@\S{1,200}|[©®✉]/g, ' ')
    .replace(/^\s*\(([^()]*)\)\s*$/, '$1')
    .replace(conversation, ' | ')
  return parsePageDates(line)
    .rest.replace(/\(\s*(?:avec|with|mit|con)\s+([^()]*)\)/gi, ', $1')
    .split(/\s*[|·•»›→]\s*|\s+[–—-]\s+|\s+@/)
    .map((part) => part.trim().replace(/(?<=\p{Ll})(?:Follow|Folgen|Suivre|Seguir)$/u, ''))
    .filter(Boolean)
}

/** What stands between two people who talk with each other; both are authors. */
const conversation =
  /\s(?:im (?:gespräch|interview) mit|in conversation with|en (?:conversation|entretien|dialogue) avec|en conversación con)(?=\s)/gi

/** A word or phrase before the names of a byline. */
export const label = new RegExp(
  `^(?:${[
    'special (?:to|for) (?:[\\p{L}.-]+ ){1,4}by',
    '(?:(?:written|posted|published|submitted|story|words|created|updated|more|(?:view )?all posts) )?by',
    '(?:(?:publié|écrit|rédigé|posté|proposé) )?par|(?:un )?textes? (?:de|von)|texte?|voir tous les articles de',
    '(?:(?:eine?|geschrieben|veröffentlicht|erstellt|eingestellt|gespeichert|gepostet|verfasst|(?:zeige )?alle|alles|mehr|' +
      'pressemitteilung|blog) )?' +
      '(?:(?:\\p{L}+ )?(?:\\p{L}{0,20}(?:beitrag|kolumne|kommentar|analyse|reportage|bericht)|beiträge|artikel|essay|interview|rezept) ?)?vo[nm]',
    '(?:(?:escrito|publicado) )?por|escribe|scritto da|di|door|av|auteure?(?:s|\\(s\\))?|autrices?|authors?(?:\\(s\\))?|autor(?:in|en|es|\\(in\\))?',
    'interview|redaktion(?=:)|über|about|source|quelle',
  ].join('|')})(?:\\s*:\\s*|\\s+)`,
  'iu',
)

/** Words of links to what an author has written or to an author's page, which stand where a name is expected. */
const linkWords =
  /(?<![\p{L}-])(?:artikel|beiträge|articles?|artículos|posts?|archive?|rss|feed|profile?|übersicht|\p{L}+übersicht|website|webseite|contributions?|stories)(?![\p{L}-])/iu

/** What follows a name in a byline but is no name. */
const rest = /\s+(?:am|on|le|in|unter|at|vom|hace|a las|\d).*$/i

/** A label of the date behind the names. */
const dateLabel =
  /[,;]?\s+(?:datum|date|fecha|publié|veröffentlicht|posted|published|publicado)(?![\p{L}-]).*$/iu

/** Words that stand where a page has no author, in the form of `keyOf`. */
const nobody = new Set(
  `admin administrator administrateur superuser root webmaster user guest gast default unknown anonymous anonyme anonimo
   noauthor none null undefined author autor auteur authors autoren autores auteurs editor publisher posted postedon publishedon publiziertam
   veroffentlichtam alleartikel allebeitrage followauthor follow folgen par by von por share teilen comments denautor
   dieautorin theauthor abouttheauthor lauteur lautrice elautor viewcomments phd md ma rd mba msc jr sr esq`.split(
    /\s+/,
  ),
)

/** Reads the names in a part of a byline. */
function namesOf(part: string, { isLoose, isList = false, accepts }: Reading): Byline {
  const line = withoutLabels(part)
  if (meeting.test(line) || isFromPlace(part)) return { authors: [], agencies: [] }
  const marked = line === part && parseName(part) === undefined ? parseByline(part, { isList }) : undefined
  const byline = marked ?? parseNames(line, isList) ?? parseByline(part, { isList })
  const isSingle = line !== part && /^[\p{L}\p{N}._-]{2,30}$/u.test(line)
  const loose = isLoose ? line.split(/\s*[,;]\s*|\s+(?:et|and|und|y|&)\s+/i) : isSingle ? [line] : []
  const isName =
    byline !== undefined &&
    (isLoose || line !== part || byline.authors.every((name) => wordsOf(name).length > 1))
  const [first, ...others] = loose.map((name) => name.replace(rest, ''))
  const taken = [first, ...(isList ? others : [])].filter((name) => name !== undefined)
  const authors = (isName ? byline.authors : undefined) ?? taken
  const doubtful = isName ? (byline.doubtful ?? []) : isList ? [] : others.filter(isAuthor)
  return {
    ...(doubtful.length > 0 && { doubtful }),
    authors: authors.map(withoutLabels).filter((name) => isAuthor(name) && accepts(name)),
    agencies: (byline?.agencies ?? []).filter(accepts),
  }
}

/** Tells whether a line such as `Von der Werft` says where something comes from, and not who wrote it. */
export const isFromPlace = (line: string): boolean =>
  /^(?:von|por|par)\s\p{Ll}+\s\S+$/iu.test(line) && /\s\p{Ll}/u.test(line)

/** A word for a talk and the person who is asked, who did not write: `Entrevue avec Kim Tremblay`. */
const meeting = /^\p{L}+\s+(?:avec|with|mit|con)\s+\p{Lu}/u

/** Brackets within a name, or others with what they hold. */
const brackets = new RegExp(`${namesInBrackets}|\\s*\\(([^()]*)\\)`, 'gu')

/**
 * Parses a text that consists of names, without the word before them. What stands in brackets is a role or a place, unless they
 * are within a name. `isList`: commas separate names.
 */
export function parseNames(text: string, isList = false): Byline | undefined {
  const line = withoutPictures(text)
    .replace(dateLabel, '')
    .replace(/\s+(?:und|sowie)\s+/gi, ' et ')
    .replace(brackets, (whole, inner: string | undefined, at: number, all: string) => {
      if (inner === undefined || parseByline(inner)) return whole
      return all.startsWith(',', at + whole.length) ? ' ;' : ''
    })
  return parseByline(`Par ${line}`, { isList }) ?? parseName(line, { isList })
}

/** Removes what a byline says about its pictures behind the names: `Kim Tremblay, Photos: Ana Roy`. */
export const withoutPictures = (text: string): string =>
  text
    .replace(
      /(?:,|\s(?:and|und|et|y|&))\s[^,()]{2,60}\((?:photo\p{L}*|fotos?|bild(?:er)?|illustration\p{L}*|video)\)/giu,
      '',
    )
    .replace(
      /[,;]?\s+(?:illustration(?:en|s)?|fotos?|photos?|bilder|images?)(?:\s*:|\s+(?:von|by|par|de|por)\s).*$/iu,
      '',
    )

/** Removes the words before the names of a byline. */
export function withoutLabels(part: string): string {
  let line = part
  for (let round = 0; round < 3; round += 1)
    line = line
      .replace(label, '')
      .replace(/^(?:By|Par|Von)(?=\p{Lu})/u, '')
      .trim()
  return line
}

const isLabel = (name: string): boolean => withoutLabels(`${name} `) === ''

/** Tells whether a text can be the name of an author: no label, no address, no company. */
export function isAuthor(name: string): boolean {
  const key = keyOf(name)
  if (key.length < 2 || name.length > maxNameCharacters || wordsOf(name).length > 6 || !/\p{L}/u.test(name))
    return false
  // Several words in lower case are a label; a single one may be the name of a user.
  if (/^\p{Ll}/u.test(name) && /\s/.test(name) && !/\s\p{Lu}/u.test(name)) return false
  return (
    !nobody.has(key) &&
    !/\s(?:avec|with|mit|con|sur|about|über|sobre)\s/i.test(name) &&
    !linkWords.test(name) &&
    !isLabel(name) &&
    !/\d{5}|[:?!]|\.\w{2,4}$|^copyright\b|\b(?:GmbH|AG|Inc|Ltd|LLC|S\.A\.)\.?$/.test(name)
  )
}
