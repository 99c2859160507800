import * as v from 'valibot'
import { failure, type Result, success } from '../domain/problem.ts'
import { networkId, shareLimits } from '../domain/share.ts'
import { few, issuesOf, language, line, object, webAddress } from './json.ts'

/** A page of the newsroom's own website for which a client requests share links. */
export interface SharedPage {
  title: string
  url: string
  text?: string
  quote?: string
}

/** A list of pages, and the options that apply to all of them. */
interface SharedPages {
  language?: string
  networks?: string[]
  pages: SharedPage[]
}

/** Normalization makes some letters two or three times as long, and the links contain the normalized text. */
const text = (max: number) =>
  v.pipe(
    line(max),
    v.check((value) => value.normalize('NFC').length <= max, `must have at most ${max} characters`),
  )

const page = object('a page', {
  title: text(shareLimits.title),
  url: webAddress,
  text: v.optional(text(shareLimits.text)),
  quote: v.optional(text(shareLimits.quote)),
})

const id = v.pipe(v.string('must be text'), v.regex(networkId, 'must be the id of a network such as x'))

const schema = object('this request', {
  language: v.optional(language),
  networks: v.optional(few(id, shareLimits.networks)),
  pages: v.pipe(few(page, shareLimits.pages), v.minLength(1, 'must have an entry')),
})

/**
 * Parses a list of pages from a JSON value. If the value is invalid, the result is a problem that lists every
 * invalid field. The function `isOurs` tells whether share links may be made for an address.
 */
export function parsePages(value: unknown, isOurs: (url: string) => boolean): Result<SharedPages> {
  const parsed = v.safeParse(schema, value)
  const issues = parsed.success
    ? parsed.output.pages.flatMap(({ url }, at) => (isOurs(url) ? [] : [foreign(at)]))
    : issuesOf(parsed.issues, 'request')
  if (!parsed.success || issues.length > 0) {
    return failure({ kind: 'invalid-request', task: 'make share links', issues })
  }
  return success(parsed.output as SharedPages)
}

const foreign = (at: number) => ({
  field: `pages.${at}.url`,
  reason: 'must be on the host of SITE_URL or on one that the setting SHARE_HOSTS names',
})
