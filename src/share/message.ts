import { wordsIn } from '../domain/language.ts'
import { type Fit, fitText } from './fit.ts'
import type { Fitted, Network, Shared } from './network.ts'
import type { Segmentation } from './segmentation.ts'

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
export function fitFor(network: Network, shared: Shared, language: string, segmentation: Segmentation): Fit {
  const { limit, takes } = network
  const { text: own, quote, ...facts } = shared
  const text = takes === 'title' ? shared.title : (own ?? shared.title)
  const max = limit?.max ?? Number.POSITIVE_INFINITY
  const measure = limit?.openMeasure(facts satisfies Facts, segmentation) ?? (() => 0)
  if (quote && takes === 'text') {
    const fitted = fitText(quote, max, measure, segmentation, aroundQuote(text, language))
    if (fitted.text !== '' && fitted.length <= max) {
      return { ...fitted, text: quoting(fitted.text, text, language) }
    }
  }
  const fitted = fitText(text, max, measure, segmentation)
  return { ...fitted, truncated: fitted.truncated || (quote !== undefined && takes === 'text') }
}

type Facts = Omit<Fitted, 'text'>

const quoting = (quote: string, text: string, language: string): string =>
  aroundQuote(text, language).join(quote)

/** What a message has before and after the quoted passage: the quotation marks, and the text. */
function aroundQuote(text: string, language: string): [before: string, after: string] {
  const [before = '', after = ''] = wordsIn(language).quote.split('{}')
  return [before, text === '' ? after : `${after} — ${text}`]
}
