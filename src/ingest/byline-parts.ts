const separator = /\s*[;|/·•]\s*|\s+[–—-]\s+|\s+(?:pour|avec|mit|für|con|for|of|with)\s+/i
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

/** Matches a word between the last two names of a list. */
export const conjunction = /\s+(?:et|and|und|sowie|y|&)\s+/i

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

/** A part of a byline between separators. Behind a comma alone, it may be something else than a name. */
export interface Part {
  text: string
  isBehindComma: boolean
}

/** Splits a byline at its separators and brackets. */
export function partsOf(line: string, isMarked: boolean): Part[] {
  return line
    .replace(contribution, ' | ')
    .replace(place, '')
    .replace(emailAddress, ' | ')
    .replace(userName, ' | ')
    .replace(isMarked ? /^[\s|]*(?:avec|mit|con|with)\s/ : /^[\s|]*(?:avec|mit|con|with)\s/i, '')
    .split(separator)
    .flatMap(piecesOf)
    .filter(({ text }) => text !== '')
}

/** Splits what stands between other separators at its commas. A place or brackets between two names say that both are names. */
function piecesOf(text: string): Part[] {
  const pieces = text.split(/\s*,\s*/)
  return pieces.flatMap((piece, at) => {
    const before = pieces[at - 1] ?? ''
    const isBehindComma =
      before !== '' && !/^\p{Lu}[\p{Ll}-]+$/u.test(before) && !/[()]/.test(`${before}${piece}`)
    return (piece.match(betweenBrackets) ?? []).map((part, inner) => ({
      text: part.replace(/\s+(?:et|and|und|y)$/i, '').trim(),
      isBehindComma: isBehindComma && inner === 0,
    }))
  })
}
