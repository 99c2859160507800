// I/O: reads and writes the store.
import type { CommenterStore, ErasedStep, PersonPage } from '../domain/commenter.ts'
import {
  type CommenterBackups,
  isCommenterLine,
  maxCommenterLines,
  parseCommenterLine,
  type RestoredCommenters,
} from '../domain/commenter-line.ts'
import { isEmailAddress } from '../domain/email-address.ts'
import type { Issue } from '../domain/issue.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { commenterHashes } from '../notify/token.ts'

interface PersonPorts {
  comments: CommenterStore
  secrets: readonly string[]
}

/** An e-mail address in a request, and the position of a page. */
interface Asked {
  address: string
  after: number
}

function asked(value: unknown): Result<Asked> {
  const { address, after = 0 } = (value ?? {}) as { address?: unknown; after?: unknown }
  const text = typeof address === 'string' ? address.trim() : ''
  const isPosition = Number.isSafeInteger(after) && (after as number) >= 0
  if (isEmailAddress(text) && isPosition) return success({ address: text, after: after as number })
  const issues = [
    ...(isEmailAddress(text)
      ? []
      : [{ field: 'address', reason: 'must be an e-mail address, such as kim@example.com' }]),
    ...(isPosition ? [] : [{ field: 'after', reason: 'must be copied from the member "next"' }]),
  ]
  return failure({ kind: 'invalid-request', task: 'find a person', issues })
}

/** Reads a page of what is stored of the comments and reports of the person whose address the request has, in whatever letter case. */
export async function readPerson(
  { comments, secrets }: PersonPorts,
  value: unknown,
): Promise<Result<PersonPage>> {
  const given = asked(value)
  if (!given.ok) return given
  const { address, after } = given.value
  return success(await comments.person(address, await commenterHashes(secrets, address), after))
}

/**
 * Erases comments and reports of the person whose address the request has, in whatever letter case: some of them, until a call says
 * that there are no more. `actor` is the name of the token.
 */
export async function erasePerson(
  { comments, secrets }: PersonPorts,
  value: unknown,
  actor: string,
): Promise<Result<ErasedStep>> {
  const given = asked(value)
  if (!given.ok) return given
  const { address } = given.value
  return success(await comments.erase(address, await commenterHashes(secrets, address), actor))
}

/** What became of the addresses of a backup. `bad` are the places of those that cannot be read, from 0. */
export type RestoredAddresses = RestoredCommenters & { bad: (Issue & { at: number })[] }

/** Gives comments and reports the addresses of a backup. A comment or report that has one keeps it. */
export async function restoreCommenters(
  comments: Pick<CommenterBackups, 'restoreCommenters'>,
  value: unknown,
): Promise<Result<RestoredAddresses>> {
  const list = (value as { addresses?: unknown } | null)?.addresses
  if (!Array.isArray(list) || list.length > maxCommenterLines) {
    const issues = [{ field: 'addresses', reason: `must be a list of at most ${maxCommenterLines}` }]
    return failure({ kind: 'invalid-request', task: 'restore addresses', issues })
  }
  const parsed = list.map(parseCommenterLine)
  const bad = parsed.flatMap((one, at) => (isCommenterLine(one) ? [] : [{ at, ...one }]))
  return success({ ...(await comments.restoreCommenters(parsed.filter(isCommenterLine))), bad })
}
