/**
 * Returns a name that an object in a JSON text has twice; undefined if there is none. `JSON.parse` would take the last one without a
 * word. The text must be valid JSON; the time is proportional to its length.
 */
export function repeatedNameIn(json: string): string | undefined {
  const open: Set<string>[] = []
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at]
    if (character === '{') open.push(new Set())
    else if (character === '}') open.pop()
    else if (character === '"') {
      const end = endOfString(json, at)
      if (isBeforeColon(json, end)) {
        const name = JSON.parse(json.slice(at, end + 1)) as string
        const names = open.at(-1)
        if (names?.has(name)) return name
        names?.add(name)
      }
      at = end
    }
  }
  return undefined
}

/** Returns the place of the quotation mark that ends the string which begins at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}

function isBeforeColon(json: string, end: number): boolean {
  let at = end + 1
  while (at < json.length && /\s/.test(json[at] ?? '')) at += 1
  return json[at] === ':'
}
