import { wordsIn } from '../domain/language.ts'
import { type Fit, fitText } from './fit.ts'
import type { Fitted, Network, Shared } from './network.ts'

/**
 * Returns the message that a reader shares: the reader's own text or the title, preceded by the quoted passage,
 * if any.
 */
export function messageOf({ title, text = title, quote }: Shared, language: string): string {
  return quote ? quoting(quote, text, language) : text
}

/**
 * Shortens a reader's message to the limit of a network. A quoted passage is cut inside its quotation marks, or
 * omitted if there is no room for it.
 */
export function fitFor(network: Network, shared: Shared, language: string): Fit {
  const { limit, takes } = network
  const { text: own, quote, ...facts } = shared
  const text = takes === 'title' ? shared.title : (own ?? shared.title)
  const max = limit?.max ?? Number.POSITIVE_INFINITY
  const measure = (candidate: string): number => limit?.measure(candidate, facts satisfies Facts) ?? 0
  if (quote && takes === 'text') {
    const fitted = fitText(quote, max, (cut) => measure(quoting(cut, text, language)))
    if (fitted.text !== '' && fitted.length <= max) {
      return { ...fitted, text: quoting(fitted.text, text, language) }
    }
  }
  const fitted = fitText(text, max, measure)
  return { ...fitted, truncated: fitted.truncated || (quote !== undefined && takes === 'text') }
}

type Facts = Omit<Fitted, 'text'>

const quoting = (quote: string, text: string, language: string): string => {
  const marked = wordsIn(language).quote.replace('{}', () => quote)
  return [marked, text].filter(Boolean).join(' — ')
}
