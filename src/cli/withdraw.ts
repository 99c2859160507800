import { createInterface } from 'node:readline/promises'
import type { Reply, Target } from './target.ts'

/** Asks a question that is answered by yes or no; undefined if there is no terminal on which somebody could answer. */
export type Ask = ((question: string) => Promise<boolean>) | undefined

/** Returns the function that asks on the terminal; undefined unless both standard input and standard error are a terminal. */
export function terminalAsk({ stdin, stderr }: typeof process): Ask {
  if (!stdin.isTTY || !stderr.isTTY) return undefined
  return async (question) => {
    const terminal = createInterface({ input: stdin, output: stderr })
    try {
      return /^\s*y(?:es)?\s*$/i.test(await terminal.question(`${question} [y/N] `))
    } finally {
      terminal.close()
    }
  }
}

/**
 * Withdraws articles after it has asked for each whether it is meant. With `yes`, it does not ask. Throws if it must ask and
 * cannot.
 */
export async function withdrawAll(
  slugs: readonly string[],
  target: Pick<Target, 'find' | 'withdraw'>,
  { yes, ask }: { yes: boolean; ask: Ask },
): Promise<Reply[]> {
  if (!yes && !ask)
    throw new Error(
      `Cannot withdraw ${slugs.join(', ')}: no terminal to ask on; to withdraw without a question, give --yes`,
    )
  const replies: Reply[] = []
  for (const slug of slugs) {
    const isMeant = yes || !ask || (await ask(await questionOf(slug, target)))
    replies.push(
      isMeant ? await target.withdraw(slug) : { ok: false, reason: 'not withdrawn, as you answered' },
    )
  }
  return replies
}

async function questionOf(slug: string, target: Pick<Target, 'find'>): Promise<string> {
  // An article whose row is bad cannot be read, and its withdrawal is a remedy.
  const article = await target.find(slug).catch(() => undefined)
  const title = article?.title
  return `Withdraw ${title === undefined ? '' : `“${title}” `}(${slug})? Its page will answer 410, and no feed will show it.`
}
