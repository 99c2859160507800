import { type CommentMode, commentModes } from '../domain/article.ts'
import { parseOrigins, parseWhole } from './parsers.ts'
import { setting } from './setting.ts'

/** The largest number of watched words, so that a comment costs little. */
const maxWords = 500

/** The largest value of `COMMENT_DAYS`: a hundred years. */
const maxDays = 36_500

/** The setting that says how readers may comment. */
export const commentsSetting = setting({
  name: 'COMMENTS',
  parse: parseMode,
  default: '',
  help: 'How readers may comment on articles that say nothing themselves (field `comments`). If `COMMENTS` is empty, the site has no comments at all. `off`: only on articles that say otherwise. `open`: each comment is published at once. `first-held`: editors approve the first comment of each person and day, and all of people who give no e-mail address. `all-held`: editors approve each comment. Comments need `SUBSCRIPTION_SECRET`.',
})

/** The settings of comments that no answer to a reader depends on; each row is a field of `Config`. */
export const commentSettings = {
  commentOrigins: setting({
    name: 'COMMENT_ORIGINS',
    parse: parseOrigins,
    default: '',
    help: 'The other websites from which readers may send comments, as addresses without a path, separated by commas, such as `https://journal.example`. Forms from all other websites are refused.',
  }),
  commentDays: setting({
    name: 'COMMENT_DAYS',
    parse: (value) => parseWhole(value, 0, maxDays),
    default: '0',
    help: `The number of days after an article’s date during which readers can comment on it, at most ${maxDays}; 0 for no end. The comments stay.`,
  }),
  commentWords: setting({
    name: 'COMMENT_WORDS',
    parse: parseWords,
    default: '',
    help: `Words and phrases separated by commas, at most ${maxWords}. A comment with one of them in its text or in its author’s name waits for an editor. Letter case does not matter, accents do, and only whole words count.`,
  }),
  turnstileSiteKey: setting({
    name: 'TURNSTILE_SITE_KEY',
    parse: parseKey,
    default: '',
    help: 'The site key of Cloudflare Turnstile, which checks that a person writes a comment. The check is on if `TURNSTILE_SITE_KEY` and `TURNSTILE_SECRET` are set: the form of a comment then loads a script of Cloudflare, and what the check refuses, or cannot check, waits for an editor.',
  }),
  turnstileSecret: setting({
    name: 'TURNSTILE_SECRET',
    parse: parseKey,
    default: '',
    help: 'The secret key of Cloudflare Turnstile. Store `TURNSTILE_SECRET` as a secret.',
  }),
  akismetKey: setting({
    name: 'AKISMET_KEY',
    parse: parseKey,
    default: '',
    help: 'The key of Akismet, a service that recognizes spam. If it is set, each comment that no other rule holds is sent to Akismet, with the name, the e-mail address, the IP address and the browser of its author. What Akismet takes for spam waits for an editor. Say so in your privacy policy. Store `AKISMET_KEY` as a secret.',
  }),
}

/** Parses a key of a service. The message contains no part of it. */
function parseKey(value: string): string {
  if (!/^[\w.-]{0,200}$/.test(value)) throw new RangeError('must be a key: letters, digits and hyphens')
  return value
}

/** The site key of Turnstile and its secret, if both are set. */
export function turnstileOf(config: {
  turnstileSiteKey: string
  turnstileSecret: string
}): { siteKey: string; secret: string } | undefined {
  const { turnstileSiteKey, turnstileSecret } = config
  if (turnstileSiteKey === '' || turnstileSecret === '') return undefined
  return { siteKey: turnstileSiteKey, secret: turnstileSecret }
}

function parseWords(value: string): string[] {
  const words = [...new Set(value.split(',').map((word) => word.trim()))].filter(Boolean)
  if (words.length > maxWords) throw new RangeError(`must be at most ${maxWords} words`)
  const blank = words.find((word) => !/[\p{L}\p{N}]/u.test(word))
  if (blank !== undefined) throw new RangeError(`has "${blank}", which is no word`)
  return words
}

function parseMode(value: string): CommentMode | undefined {
  if (value === '') return undefined
  const mode = commentModes.find((one) => one === value)
  if (mode === undefined) throw new RangeError(`must be one of ${commentModes.join(', ')}`)
  return mode
}
