/** The names of news agencies, as `keyOf` writes them. */
const agencies: ReadonlySet<string> = new Set([
  'aap',
  'afp',
  'anadolu',
  'ansa',
  'ap',
  'apa',
  'associated press',
  'ats',
  'belga',
  'bloomberg',
  'bloomberg news',
  'canadian press',
  'chine nouvelle',
  'cp',
  'deutsche presse-agentur',
  'dpa',
  'efe',
  'france presse',
  'france-presse',
  'initiative de journalisme local',
  'interfax',
  'keystone-ats',
  'kyodo',
  'kyodo news',
  'local journalism initiative',
  'lusa',
  'pa',
  'pa media',
  'pc',
  'postmedia news',
  'press association',
  'presse associée',
  'presse canadienne',
  'qmi',
  'reuters',
  'ritzau',
  'tass',
  'télégraphique suisse',
  'thomson reuters',
  'united press international',
  'upi',
  'xinhua',
  'yonhap',
])

/** Tells whether a name is that of a news agency, such as `The Associated Press` or `l’Agence France-Presse`. */
export const isAgency = (name: string): boolean => agencies.has(keyOf(name))

/** Writes a name in lower case, with one form of apostrophe, and without articles and the word « agence ». */
const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:the |la |l'|agence )+/, '')
