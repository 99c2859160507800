import { type BackupState, type ExportedLine, type ListedKind, lineKinds } from '../domain/backup.ts'
import { olderVersion } from './older-version.ts'
import { portionsOf } from './portions.ts'
import { nameOf } from './restore.ts'
import type { BackupTarget, Reply } from './target.ts'

const tooWeak =
  'Cannot import the backup into an empty store: the token lacks the scope "admin", without which the import would lose the numbers, revisions, archives and redirects of the backup, and so addresses that readers hold; use a token of `npx kiosque token new NAME --scope admin`'

type Call = (method: string, path: string, body?: string, type?: string) => Promise<Response>

async function json<T>(response: Response): Promise<T> {
  if (response.status === 404) throw new Error(olderVersion)
  const body = (await response.json().catch(() => ({}))) as T & { detail?: string }
  if (!response.ok) throw new Error(body.detail ?? `The server answered ${response.status}`)
  return body
}

async function mayListComments(call: Call): Promise<boolean> {
  const response = await call('GET', '/api/backup/discussions')
  await response.body?.cancel()
  return response.status !== 403
}

const isLaterKind = (kind: ListedKind): boolean => !lineKinds.some((one) => one === kind)

/** Returns the operations on backups of a remote Kiosque; the operations call the API of that Kiosque. */
export function remoteBackup(call: Call): BackupTarget {
  const readState = async (): Promise<BackupState> => {
    const { revision, selections, articles, archives }: BackupState = await json(
      await call('GET', '/api/backup'),
    )
    return { revision, selections, articles, archives }
  }
  const post = (state: BackupState, lines: readonly string[]) => {
    const text = [JSON.stringify({ kind: 'backup', ...state }), ...lines].join('\n')
    return call('POST', '/api/restore', text, 'application/x-ndjson')
  }
  return {
    state: readState,

    async *lines(kind, since) {
      let next: string | undefined = `/api/backup/${kind}${since === undefined ? '' : `?since=${since}`}`
      while (next !== undefined) {
        const response = await call('GET', next)
        // A server of a former version has neither origins nor comments. Its backup is complete without them.
        if (isLaterKind(kind) && response.status === 404) return
        const page: { lines: ExportedLine[]; next?: string } = await json(response)
        yield* page.lines
        next = page.next
      }
    },

    mayListComments: () => mayListComments(call),

    async open(state) {
      const response = await post(state, [])
      if (response.ok || response.status === 409) {
        await response.body?.cancel()
        return response.ok
      }
      // A store that is not empty takes the articles of a backup from a token without the scope `admin`, too.
      if (response.status === 403 && (await readState()).revision > 0) return false
      if (response.status === 403) throw new Error(tooWeak)
      return json(response)
    },

    async restore(state, lines) {
      const answers: string[] = []
      for (const portion of portionsOf(lines.map((line) => JSON.stringify(line)))) {
        const response = await post(state, portion)
        if (!response.ok) await json(response)
        const part = (await response.text().catch(() => '')).split('\n').filter(Boolean)
        if (part.length !== portion.length) {
          throw new Error(
            'Cannot tell what was restored: the server ended its answer early; run the same again',
          )
        }
        answers.push(...part)
      }
      return answers.map((text, at): Reply => {
        const { saved, detail } = JSON.parse(text) as { saved?: string; detail?: string }
        return saved === undefined
          ? { ok: false, reason: detail ?? '' }
          : { ok: true, slug: nameOf(lines[at]), kind: saved }
      })
    },

    async complete(state, exact) {
      const response = await call('POST', '/api/restore/complete', JSON.stringify({ ...state, exact }))
      return (await json<{ exact: boolean }>(response)).exact
    },
  }
}
