const ligatures: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' }

/**
 * Returns the key of a name for URLs: `L’Œuvre d’Été` becomes `l-oeuvre-d-ete`. Letters of every script are
 * kept. The key has at most `maxLength` characters and is cut between words; it may be empty.
 */
export function slugOf(name: string, maxLength = 80): string {
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[œæßøłđ]/g, (letter) => ligatures[letter] ?? letter)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
  let slug = ''
  for (const word of words) {
    if (slug && slug.length + 1 + word.length > maxLength) break
    slug += (slug ? '-' : '') + word
  }
  return slug.slice(0, maxLength).toWellFormed().replace('\uFFFD', '').normalize('NFC')
}
