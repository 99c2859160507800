import { expect, test } from 'vitest'
import { remoteBackup } from '../../src/cli/remote-backup.ts'

const given = { revision: 9, selections: 1, articles: 1, archives: 0 }

/** A server that answers `POST /api/restore` with this status, and whose store has this revision. */
const server = (status: number, revision = 0) =>
  remoteBackup(async (method) =>
    method === 'GET'
      ? Response.json({ ...given, revision, articles: 0 })
      : Response.json({ detail: `status ${status}` }, { status }),
  )

test.for<[what: string, status: number, revision: number, opened: boolean | string]>([
  ['an empty store', 200, 0, true],
  ['a store that is not empty', 409, 7, false],
  ['a store that is not empty, with a weak token', 403, 7, false],
  ['an empty store, with a weak token', 403, 0, 'the token lacks the scope "admin"'],
  ['an older version', 404, 0, 'runs an older version of Kiosque'],
  ['a store that fails', 503, 0, 'status 503'],
])('a backup is opened in %s', async ([, status, revision, opened]) => {
  const opening = server(status, revision).open(given)
  if (typeof opened === 'string') await expect(opening).rejects.toThrow(opened)
  else expect(await opening).toBe(opened)
})
