/**
 * Returns the language of the texts of an element by the value of `lang` at the place where it stands, and a tag in which dates
 * can be written. The language is one of those that Kiosque has, and English for another one. A value such as `fr_CA` is
 * understood; from one that is no tag at all, such as `fr-`, only the language is taken.
 */
export function languageOf(lang: string, known: object): [tag: string, language: string] {
  const language = lang.slice(0, 2).toLowerCase()
  if (!(language in known)) return ['en', 'en']
  try {
    return [`${new Intl.Locale(lang.replace('_', '-'))}`, language]
  } catch {
    return [language, language]
  }
}
