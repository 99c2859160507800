import { formatNames } from '../../../src/domain/format.ts'
import type { Answer, Fields } from '../client.ts'

/** What a check does its work with. Each check of each cache has a tag and slugs of its own. */
export interface Bench {
  /** A tag that no other check uses. */
  tag: string
  /** Sends a request through the cache. */
  ask: (path: string, fields?: Fields, method?: string) => Promise<Answer>
  /** Saves an article with the tag; its slug begins with the tag. `name` is in its title. */
  publish: (name: string, fields?: Record<string, unknown>) => Promise<void>
  withdraw: (name: string) => Promise<void>
  /** Kills the Worker as soon as the checks of all caches have asked for it. The caches then reach nothing. */
  kill: () => Promise<void>
}

/** A check returns what is wrong, each fault as one text. */
export type Check = (bench: Bench) => Promise<string[]>

/** The addresses of the feeds of the bench's tag. */
export const feeds = ({ tag }: Bench) => formatNames.map((format) => `/tags/${tag}/feed.${format}`)

/** The title of an article, by the name that `publish` was given. */
export const title = (name: string) => `Titre ${name}.`

/** Whether the answer shows the article. */
export const shows = (answer: Answer, name: string) => answer.body.includes(title(name))
