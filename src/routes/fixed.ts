import { type Fixed, respondFixed } from '../http/fixed.ts'
import type { Exchange } from './answer.ts'

/**
 * Answers with content that only a deployment changes. The store is asked only for the date of the answer; while the store
 * fails, the answer has no date, and only its ETag is compared.
 */
export async function answerFixed({ env, req }: Exchange, fixed: Fixed): Promise<Response> {
  const [head] = (await env.store.heads([''], env.digest).catch(noHeads(env))) ?? []
  const { since, readAt } = head ?? {}
  return respondFixed(req.raw, fixed, {
    now: env.clock(),
    ...(since !== undefined && { since }),
    ...(readAt !== undefined && { readAt }),
  })
}

const noHeads =
  ({ log }: Exchange['env']) =>
  (fault: unknown): undefined => {
    log('store-not-answering', { heads: 1, fault })
  }
