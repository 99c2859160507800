import { canonicalTag } from '../domain/language.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { networkId, shareLimits } from '../domain/share.ts'
import { type Choice, choose, maxNetworks } from './choice.ts'

/** The query parameters for share data; all other parameters are ignored. */
const shareKeys = ['lang', 'networks', 'text', 'quote'] as const

/** The options in a query for share data. An absent option takes its value from the article or the settings. */
export interface ShareQuery {
  language?: string
  choice?: Choice
  text?: string
  quote?: string
  /**
   * The query in canonical form: only the parameters that are used, in a fixed order. Queries with the same
   * canonical form get the same representation.
   */
  canonical: string
}

/** Parses a query for share data; returns a problem that names the first invalid parameter. */
export function parseShareQuery(query: (key: string) => string | undefined): Result<ShareQuery> {
  const given = shareKeys.flatMap((key) => {
    const value = query(key)
    return value ? [[key, value] as const] : []
  })
  const { lang, networks, text, quote } = Object.fromEntries(given) as Partial<Record<string, string>>
  for (const [key, value] of Object.entries({ text, quote })) {
    const max = shareLimits[key as 'text' | 'quote']
    // Normalization makes some letters two or three times as long, and the links contain the normalized text.
    if (value && (value.length > max || value.normalize('NFC').length > max))
      return invalid(key, `must have at most ${max} characters`)
  }
  const language = lang === undefined ? undefined : canonicalTag(lang)
  if (lang !== undefined && language === undefined)
    return invalid('lang', 'must be a language tag such as fr-CA')
  const ids = networks?.split(',').map(idIn).filter(Boolean) ?? []
  if (ids.length > shareLimits.networks || ids.some((id) => !networkId.test(id))) {
    return invalid(
      'networks',
      `must be at most ${shareLimits.networks} ids separated by commas, such as x,email`,
    )
  }
  const choice = ids.length > 0 ? choose([...new Set(ids)]) : undefined
  if (choice && !choice.ok) return choice
  const max = maxNetworks([text, quote])
  if (choice && choice.value.ids.length > max) {
    return invalid(
      'networks',
      `must be at most ${max} ids beside texts that are this long when percent-encoded`,
    )
  }
  return success({
    ...(language !== undefined && { language }),
    ...(choice && { choice: choice.value }),
    ...(text !== undefined && { text }),
    ...(quote !== undefined && { quote }),
    canonical: given.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
  })
}

const invalid = (field: string, reason: string) =>
  failure({ kind: 'invalid-query', task: 'share', field, reason })

/**
 * Normalizes a network's id, because people write ids with spaces, capitals, hyphens and plus signs:
 * `Hacker-News`, `google+`.
 */
const idIn = (written: string): string =>
  written
    .toLowerCase()
    .replace(/[\s_-]/g, '')
    .replace(/\+$/, 'plus')
