/** A row of a table of families of one form: what it is, and a function that makes about so many characters of it. */
export type Row = readonly [what: string, make: (characters: number) => string]

/** Repeats a piece up to a length, between a beginning and an end. */
export const repeated =
  (piece: string, before = '', after = '') =>
  (characters: number): string =>
    before +
    piece.repeat(Math.max(1, Math.floor((characters - before.length - after.length) / piece.length))) +
    after

/** Joins pieces that depend on their number, up to a length. */
export const numbered =
  (piece: (number: number) => string, before = '', after = '') =>
  (characters: number): string => {
    const pieces = [before]
    let left = characters - before.length - after.length
    for (let number = 0; left > 0; number += 1) {
      const next = piece(number)
      left -= next.length
      if (left >= 0) pieces.push(next)
    }
    return pieces.join('') + after
  }

/** Half of the length a piece that opens, and the other half its counterpart that closes. */
export const paired =
  (open: string, close: string, between = 'a') =>
  (characters: number): string => {
    const times = Math.floor(characters / (open.length + close.length))
    return open.repeat(times) + between + close.repeat(times)
  }

/** Nested `times` deep, and then as much text as the length has left, of a repeated line. */
export const deepThen =
  (open: string, times: number, piece: string) =>
  (characters: number): string =>
    open.repeat(times) + repeated(piece)(Math.max(1, characters - open.length * times))

/** List items, each indented by more than the last one, down to a level, again and again. */
export const lists =
  (levels: number, marker = '- ', text = 'a') =>
  (characters: number): string => {
    let one = ''
    for (let level = 0; level < levels && one.length < characters; level += 1)
      one += `${' '.repeat(level * marker.length)}${marker}${text}\n`
    return one.length >= characters ? one.slice(0, characters) : repeated(`${one}\n`)(characters)
  }
