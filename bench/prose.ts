import { numbers } from './numbers.ts'
import { adjectives, adverbs, feminine, joints, masculine, syllables, verbs } from './words.ts'

/** Makes meaningless French text for the bench, with words, names and figures as varied as in a newspaper. */
export function proseOf(seed: number) {
  const next = numbers(seed)
  const below = (limit: number): number => Math.floor(next() * limit)
  const one = (list: readonly string[]): string => list[below(list.length)] as string

  const name = (): string => upper(Array.from({ length: 2 + below(2) }, () => one(syllables)).join(''))
  const person = (): string => `${name()} ${name()}`
  const thing = (): string => {
    const male = next() < 0.5
    const noun = one(male ? masculine : feminine)
    const article = /^[aeéêiïoœuyhâ]/.test(noun) ? 'l’' : male ? 'le ' : 'la '
    return next() < 0.4 ? `${article}${noun} ${one(adjectives)}` : `${article}${noun}`
  }
  const subject = (): string => (next() < 0.25 ? person() : thing())
  const place = (): string => (next() < 0.5 ? `à ${name()}` : `${one(joints)} ${thing()}`)
  const figure = (): string =>
    `${2 + below(97)},${below(10)} ${one(['millions', 'pour cent', 'tonnes', 'heures'])}`
  const clause = (): string => `${subject()} ${one(verbs)} ${thing()} ${place()}`
  const forms = [
    () => `${upper(clause())}.`,
    () => `${upper(one(adverbs))}, ${clause()}, ${figure()} ${place()}.`,
    () => `« ${upper(clause())} », ${one(verbs)} ${person()} ${place()}.`,
    () => `${upper(clause())} et ${one(verbs)} ${one(adverbs)} ${thing()}, ${one(joints)} ${thing()}.`,
  ]
  const sentence = (): string => (forms[below(forms.length)] as () => string)()
  return {
    title: (): string => upper(clause()),
    sentence,
    person,
    /** Makes a paragraph of at least the given number of characters. */
    paragraph(length: number): string {
      let text = sentence()
      while (text.length < length) text += ` ${sentence()}`
      return text
    },
  }
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
