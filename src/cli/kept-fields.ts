import type { Reply } from './target.ts'

/** Returns the warning about fields that an import leaves out, and that the stored article keeps; nothing if there are none. */
export const warningOf = (kept: readonly string[] | undefined): Pick<Reply, 'warnings'> =>
  kept && kept.length > 0 ? { warnings: [`${kept.join(', ')}: left out, and kept as stored`] } : {}
