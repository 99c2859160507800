/** The records that are compared. */
const maxRecords = 40
const maxNameCharacters = 40
/** The names of columns by which two columns are enough to know a table. */
const columns =
  /^(?:id|url|slug|link|lien|title|titre|titel|t[ií]tulo|headline|date|datum|fecha|published|author|auteure?|autora?|text|texte?|texto|body|content|contenu|section|rubrique|summary|chapô)s?$/i

/**
 * Tells whether a text is a table whose rows are lines and whose cells are separated by commas, semicolons or tabs (RFC 4180): all
 * records have as many cells as the first one, whose cells are short names.
 */
export const isSeparated = (text: string): boolean =>
  [',', ';', '\t', '|'].some((separator) => isSeparatedBy(text, separator))

function isSeparatedBy(text: string, separator: string): boolean {
  const first = text.slice(0, text.search(/\r?\n|$/))
  if (!first.includes(separator)) return false
  const [names = [], ...others] = recordsIn(text, separator)
  const areNames = names.every(
    (name) =>
      name !== '' && name.length <= maxNameCharacters && !/[.!?…]$/.test(name) && name.trimStart() === name,
  )
  if (!areNames || new Set(names).size < names.length || others.length === 0) return false
  const areKnown = names.every((name) => columns.test(name.trim()))
  if (names.length < (areKnown ? 2 : 3)) return false
  return others.every((record) => record.length === names.length)
}

/** The first records, each as its cells; a record that is cut at the end of the text counts only if it has all of its quotes. */
function recordsIn(text: string, separator: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length && records.length < maxRecords; at += 1) {
    const character = text[at] as string
    if (isQuoted) {
      if (character === '"') isQuoted = text[at + 1] === '"'
      if (character !== '"') cell += character
      else if (isQuoted) {
        cell += character
        at += 1
      }
    } else if (character === '"' && cell === '') isQuoted = true
    else if (character === separator) {
      record.push(cell)
      cell = ''
    } else if (character === '\n') {
      if (cell.trim() !== '' || record.length > 0) records.push([...record, cell.replace(/\r$/, '')])
      record = []
      cell = ''
    } else cell += character
  }
  const isCut = isQuoted || records.length === maxRecords || (cell === '' && record.length === 0)
  return isCut ? records : [...records, [...record, cell]]
}
