/** The heading that `lynx -dump` prints above the addresses of all links, and those above the two kinds of links. */
const headings = /^(?:references|références|referenzen|verweise|referencias)$/i
const subheadings = /^(?:visible|hidden) links:$/i
/** An entry of the list: its number and an address with a scheme. */
const entry = /^(\d{1,5})\. ["'\\]{0,4}[a-z][a-z\d+.-]{0,30}:/i
const mark = /\[(\d{1,5})\]/g

/**
 * Splits off the numbered list of addresses with which the lines of `lynx -dump` end. Returns the lines above it, and the number
 * of the last link; 0 if there is no such list.
 */
export function splitLinkList(lines: readonly string[]): { lines: readonly string[]; links: number } {
  let links = 0
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = (lines[at] ?? '').slice(0, 80).trim()
    if (line === '' || subheadings.test(line)) continue
    const number = Number(entry.exec(line)?.[1] ?? 0)
    if (number === 0)
      return links > 0 && headings.test(line) ? { lines: lines.slice(0, at), links } : { lines, links: 0 }
    links = Math.max(links, number)
  }
  return { lines, links: 0 }
}

/**
 * Removes the marks of links, such as `[3]`, from lines. The marks are the longest series of ascending numbers up to `links`; other
 * numbers in brackets are text.
 */
export function withoutLinkMarks(lines: readonly string[], links: number): readonly string[] {
  if (links === 0) return lines
  const numbers = lines.flatMap((line) => Array.from(line.matchAll(mark), ([, digits]) => Number(digits)))
  const marks = ascending(numbers.map((number) => (number >= 1 && number <= links ? number : undefined)))
  let place = -1
  return lines.map((line) =>
    line.replace(mark, (whole) => {
      place += 1
      return marks.has(place) ? '' : whole
    }),
  )
}

/** Returns the places of a longest series of ascending numbers. */
function ascending(numbers: readonly (number | undefined)[]): Set<number> {
  // The place of the smallest number with which a series of each length ends, and the place before it in that series.
  const ends: number[] = []
  const before = new Map<number, number | undefined>()
  for (const [place, number] of numbers.entries()) {
    if (number === undefined) continue
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((numbers[ends[middle] ?? -1] ?? 0) < number) low = middle + 1
      else high = middle
    }
    before.set(place, ends[low - 1])
    ends[low] = place
  }
  const places = new Set<number>()
  for (let place = ends.at(-1); place !== undefined; place = before.get(place)) places.add(place)
  return places
}
