import { namesOrganization } from './organization-words.ts'

const separator = /(\s*[;|/·•]\s*|\s+[–—-]\s+|\s+(?:pour|avec|mit|für|con|para|for|of|with)\s+)/i
/** What separates an author from the newspaper or organization for which the author works. */
const beforeEmployer = /^\s+(?:pour|für|para|for)\s+$/i
/** What a label stands behind, but also another author: ` | `, ` – `. */
const isLabelMark = /[|·•]|\s[–—-]\s/
const beforeOrigin = /^\s+of\s+$/i
/** A word of a name or initials; an acronym such as `AFP` is none. */
const nameWord = "\\p{Lu}(?=[\\p{Ll}.'’])[\\p{L}.'’-]{0,30}"
const startOfName = `(?:^|[,;|/·•]\\s?|\\s(?:et|and|und|sowie|y|&)\\s|^(?:[Bb]y|[Pp]ar|[Vv]on|[Pp]or)\\s)`
const workInBrackets = '(?:Texte?s?|Photos?|Fotos?|Bild(?:er)?|Images?|Vid[eé]os?)\\)'
/**
 * Matches brackets that hold middle names or a short form between a single name and another one: ` (Marie Anne)` in
 * `Kim (Marie Anne) Tremblay`. Other brackets hold a role, an agency or a place.
 */
export const namesInBrackets: string =
  `(?<=${startOfName}${nameWord})\\s\\((?!${workInBrackets})` +
  `${nameWord}(?:\\s${nameWord}){0,2}\\)(?=\\s\\p{Lu})`
/** The parts of a text between brackets, apart from those within a name. */
const betweenBrackets = new RegExp(`(?:${namesInBrackets}|[^()])+`, 'gu')

/**
 * Matches a word between the last two names of a list. `e` is such a word between two names of two words or more; between two family
 * names it is a part of the name: `Ana Costa e Silva`.
 */
export const conjunction =
  /\s+(?:et|and|und|sowie|y|&|ET|And|AND|UND|SOWIE|Y)\s+|(?<=\p{Lu}[^\s,]{0,30}\s(?:\p{Ll}{1,3}\s){0,2}\p{Lu}[^\s,]{0,30})\s+(?:e|(?<=\p{Lu}\s+)E)\s+(?=\p{Lu}\S{0,30}\s(?:\p{Ll}{1,3}\s){0,2}\p{Lu})/u

/** Matches such a word at the beginning of a part. */
export const leadingConjunction = /^(?:et|and|und|sowie|y|&)\s+/i

/** The place from which an author writes: `à Paris`, `in New York`. A place ends at the next separator or before `and` and a name. */
const place =
  /\s+(?:à|en|in|aus|from)\s+\p{Lu}[^,;|()/]*?(?=$|[,;|()/]|\s(?:et|and|und|y|&)\s\p{Lu}\S*\s\p{Lu})/gu

const emailAddress = /[a-z\d._+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,4}/g
const userName = /@[\da-z_.]+/g
/** What says that agencies contributed, in words before the name of an agency. */
const contribution =
  /(?:con )?informaci[oó]n(?:es)? de |informations? d[e’']\s?|(?:de )?notre correspondante? |mit material (?:von |der )|special(?:ly)? (?:to|for) |(?:avec|con) la (?:collaboration|participation|contribution|colaboración) d(?:e\s|['’])|with (?:files|reporting|contributions) (?:from|by) |(?:unter mitarbeit|mit beiträgen) von /gi

/** A part of a byline between separators. */
export interface Part {
  text: string
  /** Behind a comma or an upright line alone, a part may be something else than a name. */
  isBehindComma: boolean
  /** What a word before the part says of it: the author works for it, or comes from it. */
  isBehind?: 'for' | 'of'
}

/** Splits a byline at its separators and brackets. */
export function partsOf(line: string, isMarked: boolean): Part[] {
  const pieces = line
    .replace(contribution, ' ; ')
    .replace(place, '')
    .replace(emailAddress, ' ; ')
    .replace(userName, ' ; ')
    .replace(isMarked ? /^[\s;]*(?:avec|mit|con|with)\s/ : /^[\s;]*(?:avec|mit|con|with)\s/i, '')
    .split(separator)
  return joinOrganizations(pieces)
    .flatMap(({ text, mark }) => piecesOf(text, mark))
    .filter(({ text }) => text !== '')
}

/** Joins what `of` or `for` separates within the name of an organization behind a comma: `University of Toronto`. */
function joinOrganizations(pieces: readonly string[]): { text: string; mark: string }[] {
  const joined: { text: string; mark: string }[] = []
  for (let at = 0; at < pieces.length; at += 2) {
    const [mark = '', text = ''] = [at === 0 ? '' : pieces[at - 1], pieces[at]]
    const before = joined.at(-1)
    const isInName = beforeOrigin.test(mark) || /^\s+for\s+$/.test(mark)
    const [, last = ''] = /,([^,]*)$/.exec(before?.text ?? '') ?? ['', before?.mark.trim() ? before.text : '']
    if (before && isInName && namesOrganization(last)) before.text += `${mark}${text}`
    else joined.push({ text, mark })
  }
  return joined
}

/** Splits what stands between other separators at its commas. A place or brackets between two names say that both are names. */
function piecesOf(text: string, mark: string): Part[] {
  const word = beforeEmployer.test(mark) ? 'for' : beforeOrigin.test(mark) ? 'of' : undefined
  const [employer, ...others] = word === 'for' ? text.split(conjunction) : [text]
  const pieces = [employer ?? '', ...others].map((one) => one.split(/\s*,\s*/))
  return pieces.flatMap((names, place) =>
    names.flatMap((piece, at) => {
      const before = names[at - 1] ?? ''
      const isBehindComma =
        at === 0
          ? place === 0 && isLabelMark.test(mark)
          : before !== '' && !/^\p{Lu}[\p{Ll}-]+$/u.test(before) && !/[()]/.test(`${before}${piece}`)
      return (piece.match(betweenBrackets) ?? []).map((part, inner) => ({
        text: part.replace(/\s+(?:et|and|und|y)$/i, '').trim(),
        isBehindComma: isBehindComma && inner === 0,
        ...(place === 0 && at === 0 && inner === 0 && word && { isBehind: word }),
      }))
    }),
  )
}
