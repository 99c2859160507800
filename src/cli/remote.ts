import type { Article } from '../domain/article.ts'
import type { BadRow, Origin } from '../domain/backup.ts'
import type { Examination } from '../domain/doctor.ts'
import type { ArticleInput } from '../domain/input.ts'
import { bytesPerSave, maxLinesBytes } from '../domain/limits.ts'
import type { KnownPath } from '../domain/path.ts'
import { unfinishedTitle } from '../http/problem.ts'
import { remoteComments } from './comments.ts'
import { remoteHub } from './hub.ts'
import { olderVersion } from './older-version.ts'
import { portionsOf } from './portions.ts'
import { lastWithin, type RelatedLine, relatedLine, relatedLines } from './related.ts'
import { remoteBackup } from './remote-backup.ts'
import { remoteSubscriptions } from './subscriptions.ts'
import type { Filter, Former, Reply, Target } from './target.ts'

interface BulkLine {
  status: number
  saved?: string
  slug?: string
  former?: Former
  kept?: string[]
  detail?: string
  title?: string
}

type Origins = readonly (Origin | undefined)[]

interface UndoneLine {
  slug?: string
  undone?: string
  detail?: string
}

interface PathLine {
  path?: string
  saved?: string
  detail?: string
}

/** A Kiosque that is reached through its API: a deployed one, or the running local server. */
export function remoteTarget(address: string, token: string): Target {
  const call = (method: string, path: string, body?: string, type = 'application/json') =>
    fetch(`${address}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': type }) },
      ...(body !== undefined && { body }),
      redirect: 'error',
    }).catch((fault: Error) => {
      throw new Error(
        `Cannot reach ${address}: ${(fault.cause as Error | undefined)?.message ?? fault.message}`,
      )
    })

  /** Sends lines in one request. Returns one answer for each line. */
  const sendPortion = async (path: string, lines: readonly string[]): Promise<BulkLine[]> => {
    const response = await call('POST', path, lines.join('\n'), 'application/x-ndjson')
    if (!response.ok) throw await refusalOf(response)
    const answers = (await response.text().catch(() => '')).split('\n').filter(Boolean)
    if (answers.length !== lines.length) {
      throw new Error(`Cannot tell what was saved: ${address} ended its answer early; run the same again`)
    }
    return answers.map((line) => JSON.parse(line) as BulkLine)
  }

  const send = async (inputs: readonly ArticleInput[], origins: Origins): Promise<Reply[]> => {
    const lines = inputs.map((input, at) => relatedLine(input, origins[at]).line)
    const replies: Reply[] = []
    for (const portion of portionsOf(lines)) {
      const answers = await sendPortion(savePath, portion)
      // A request saves as many lines as the limits of the platform allow. The others are sent again, as long as each
      // request saves some.
      for (let left = unfinishedIn(answers); left.length > 0; ) {
        const again = await sendPortion(
          savePath,
          left.map((at) => portion[at] as string),
        )
        for (const [index, at] of left.entries()) answers[at] = again[index] as BulkLine
        const still = unfinishedIn(answers)
        if (still.length === left.length) break
        left = still
      }
      replies.push(...answers.map(replyOf))
    }
    return replies
  }

  /**
   * Returns a function that makes a dry run in several requests. The server remembers nothing between two requests, so each
   * one begins with the earlier lines that are related to its own; the answers to those are known already.
   */
  const savingNothing = (): Target['save'] => {
    const related = relatedLines()
    const answersTo = async (lines: readonly RelatedLine[]): Promise<BulkLine[]> => {
      const before = lastWithin(related.before(lines, maxRelatedLines), maxLinesBytes - bytesPerSave)
      const sent = [...before, ...lines.map(({ line }) => line)]
      const answers = (await sendPortion('/api/dry-run', sent)).slice(before.length)
      const left = new Set(unfinishedIn(answers))
      related.add(lines.filter((_, at) => !left.has(at)))
      if (left.size === 0 || left.size === lines.length) return answers
      const again = (await answersTo(lines.filter((_, at) => left.has(at)))).values()
      return answers.map((answer, at) => (left.has(at) ? (again.next().value ?? answer) : answer))
    }
    return async (inputs, origins = []) => {
      const lines = inputs.map((input, at) => relatedLine(input, origins[at]))
      const replies: Reply[] = []
      for (const portion of portionsOf(lines.map(({ line }) => line))) {
        const some = lines.slice(replies.length, replies.length + portion.length)
        replies.push(...(await answersTo(some)).map(replyOf))
      }
      return replies
    }
  }

  const sendPaths = async (to: string, paths: readonly KnownPath[]): Promise<Reply[]> => {
    const response = await call('POST', to, JSON.stringify({ paths }))
    if (response.status === 403) {
      const reason = (await refusalOf(response)).message
      return paths.map(() => ({ ok: false, reason }))
    }
    if (!response.ok) throw await refusalOf(response)
    const { paths: answers } = (await response.json()) as { paths: PathLine[] }
    return answers.map(({ path = '', saved, detail = '' }) =>
      saved === undefined ? { ok: false, reason: detail } : { ok: true, slug: path, kind: saved },
    )
  }

  return {
    save: (inputs, origins = []) => send(inputs, origins),

    async openImport(files) {
      const response = await call('POST', '/api/imports', JSON.stringify({ files }))
      if (response.status === 404) throw new Error(olderVersion)
      if (!response.ok) throw await refusalOf(response)
      return (await response.json()) as { run: number; goesOn: boolean }
    },

    async completeImport(run) {
      const response = await call('POST', '/api/imports/complete', JSON.stringify({ run }))
      if (!response.ok) throw await refusalOf(response)
    },

    async *undo(): AsyncGenerator<Reply> {
      let after: string | undefined = ''
      while (after !== undefined) {
        const response = await call('POST', '/api/imports/undo', JSON.stringify({ after }))
        if (response.status === 404) throw new Error(olderVersion)
        if (!response.ok) throw await refusalOf(response)
        const part = (await response.json()) as { articles: UndoneLine[]; next?: string }
        for (const { slug, undone, detail = '' } of part.articles)
          yield slug !== undefined && undone !== undefined
            ? { ok: true, slug, kind: undone }
            : { ok: false, reason: detail }
        after = part.next
      }
    },

    openDryRun: () => ({ save: savingNothing() }),

    async *list(filter: Filter, onBadRow = ignored): AsyncGenerator<Article> {
      const given = Object.entries(filter).filter(([, value]) => value !== undefined)
      let next: string | undefined = `/api/articles?${new URLSearchParams(given)}`
      while (next) {
        const response = await call('GET', next)
        if (!response.ok) throw await refusalOf(response)
        const page = (await response.json()) as {
          articles: Article[]
          bad?: BadRow[]
          next?: string
        }
        page.bad?.forEach(onBadRow)
        yield* page.articles
        next = page.next
      }
    },

    async *examine(fix: boolean): AsyncGenerator<Omit<Examination, 'next'>> {
      let next: string | undefined = '/api/doctor'
      while (next) {
        const response = await call(fix ? 'POST' : 'GET', next)
        if (!response.ok) throw await refusalOf(response)
        const portion = (await response.json()) as Omit<Examination, 'next'> & { next?: string }
        yield portion
        next = portion.next
      }
    },

    async *paths(): AsyncGenerator<KnownPath> {
      let next: string | undefined = '/api/paths'
      while (next) {
        const response = await call('GET', next)
        if (!response.ok) throw await refusalOf(response)
        const page = (await response.json()) as { paths: KnownPath[]; next?: string }
        yield* page.paths
        next = page.next
      }
    },

    async timeZone(): Promise<string | undefined> {
      const response = await call('GET', '/api/backup')
      if (response.status === 404) return undefined
      if (!response.ok) throw await refusalOf(response)
      return ((await response.json()) as { timeZone?: string }).timeZone
    },

    async hasFile(path): Promise<boolean> {
      const response = await fetch(`${address}${path}`, { method: 'HEAD', redirect: 'manual' }).catch(
        () => undefined,
      )
      return response === undefined || ![404, 410].includes(response.status)
    },

    savePaths: (paths) => sendPaths('/api/paths', paths),
    wouldSavePaths: (paths) => sendPaths('/api/paths/dry-run', paths),

    async find(slug: string): Promise<Article | undefined> {
      const response = await call('GET', `/api/articles/${encodeURIComponent(slug)}`)
      if (response.status === 404) return undefined
      if (!response.ok) throw await refusalOf(response)
      return (await response.json()) as Article
    },

    async withdraw(slug: string): Promise<Reply> {
      const response = await call('DELETE', `/api/articles/${encodeURIComponent(slug)}`)
      if (!response.ok) return { ok: false, reason: (await refusalOf(response)).message }
      return { ok: true, slug, kind: response.headers.get('Kiosque-Saved') ?? 'withdrawn' }
    },

    async restored(): Promise<number> {
      const response = await call('POST', '/api/restored')
      if (!response.ok) throw await refusalOf(response)
      return ((await response.json()) as { revision: number }).revision
    },

    backup: remoteBackup(call),
    hub: remoteHub(call),
    subscriptions: remoteSubscriptions(call),
    comments: remoteComments(call),

    close: async () => {},
  }
}

/** The address of the bulk import. */
const savePath = '/api/articles'

/** The number of earlier lines with which a request of a dry run still fits Workers Free. */
const maxRelatedLines = 200

/** The places of the lines that a request could not save because of the limits of the platform. */
const unfinishedIn = (answers: readonly BulkLine[]): number[] =>
  answers.flatMap(({ title }, at) => (title === unfinishedTitle ? [at] : []))

const ignored = (_: BadRow): void => {}

const replyOf = ({ saved, slug, former, kept, detail, status }: BulkLine): Reply =>
  saved !== undefined && slug !== undefined
    ? { ok: true, slug, kind: saved, ...(former && { former }), ...(kept && { kept }) }
    : { ok: false, reason: detail ?? `the server answered ${status}` }

async function refusalOf(response: Response): Promise<Error> {
  const problem = (await response.json().catch(() => ({}))) as { detail?: string }
  return new Error(problem.detail ?? `The server answered ${response.status}`)
}
