/**
 * Tells whether a line has the form of an entry of a table or list, or of a verse: it begins with a number, a bullet or a
 * small letter, ends with a number or a comma, or states a time or a result.
 */
export const isTableLine = (line: string): boolean =>
  line.length <= 200 &&
  (/^(?:\d|[-–•*▪◦] |[½¼¾]|\p{Ll})|[,;]$/u.test(line) || /\d[\d\s:.,–'-]*(?:\p{L}{1,3}\.?)?$/u.test(line))
