/** Control characters that are the marks of Windows-1252, such as `’` and `œ`, converted as if they were Latin-1. */
const misreadMarks = /[\u0080\u0082-\u008C\u008E\u0091-\u009C\u009E\u009F]/g

/**
 * Replaces the characters U+0080 to U+009F that stand for a mark of Windows-1252 by this mark: `L\u0092été` becomes `L’été`.
 * Returns the text and the number of the characters that were replaced.
 */
export function withWindowsMarks(text: string): { text: string; count: number } {
  let count = 0
  const decoder = new TextDecoder('windows-1252')
  const replaced = text.replace(misreadMarks, (mark) => {
    count += 1
    return decoder.decode(Uint8Array.of(mark.charCodeAt(0)))
  })
  return { text: replaced, count }
}

/** Says that characters were replaced, for the warning of an import. */
export const replacedMarks = (count: number): string =>
  count === 1
    ? '1 control character was replaced by the mark that it is in Windows-1252'
    : `${count} control characters were replaced by the marks that they are in Windows-1252`
