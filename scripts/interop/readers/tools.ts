import { liferea } from './liferea.ts'
import { newsboat } from './newsboat.ts'
import { newsraft } from './newsraft.ts'
import type { Reader } from './reader.ts'
import { rss2email } from './rss2email.ts'

/** The feed readers that go through the life cycle, as far as they are installed. */
export const tools: readonly Reader[] = [newsboat, rss2email, liferea, newsraft]
