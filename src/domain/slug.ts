const ligatures: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' }

/**
 * The key of a name, as used in URLs: `L’Œuvre d’Été` becomes `l-oeuvre-d-ete`.
 * Letters of every script stay; at most `maxLength` characters, cut at a word. May be empty.
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
