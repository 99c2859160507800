import { type CommentMode, commentModes } from '../domain/article.ts'
import { setting } from './setting.ts'

/** The setting that says how readers may comment. */
export const commentsSetting = setting({
  name: 'COMMENTS',
  parse: parseMode,
  default: '',
  help: 'How readers may comment on articles that say nothing themselves (field `comments`). If `COMMENTS` is empty, the site has no comments at all. `off`: only on articles that say otherwise. `open`: each comment is published at once. `first-held`: editors approve the first comment of each person and day, and all of people who give no e-mail address. `all-held`: editors approve each comment. Comments need `SUBSCRIPTION_SECRET`.',
})

function parseMode(value: string): CommentMode | undefined {
  if (value === '') return undefined
  const mode = commentModes.find((one) => one === value)
  if (mode === undefined) throw new RangeError(`must be one of ${commentModes.join(', ')}`)
  return mode
}
