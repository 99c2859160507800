import { commentModes } from '../domain/article.ts'
import type { CommentMode } from '../domain/comment.ts'
import { setting } from './setting.ts'

/** The settings of comments; each row is a field of `Config`. */
export const commentSettings = {
  comments: setting({
    name: 'COMMENTS',
    parse: parseMode,
    default: 'off',
    help: 'How readers may comment on articles that say nothing themselves (field `comments`). `off`: not at all. `open`: each comment is published at once. `first-held`: editors approve the first comment of each person, and all of people who give no e-mail address. `all-held`: editors approve each comment. Comments need `SUBSCRIPTION_SECRET`.',
  }),
}

function parseMode(value: string): CommentMode {
  const mode = commentModes.find((one) => one === value)
  if (mode === undefined) throw new RangeError(`must be one of ${commentModes.join(', ')}`)
  return mode
}
