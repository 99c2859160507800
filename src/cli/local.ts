import { join } from 'node:path'
import { mailOf } from '../config/mail.ts'
import { parseConfig } from '../config/settings.ts'
import { type Article, type State, states } from '../domain/article.ts'
import type { BadRow } from '../domain/backup.ts'
import type { Cursor } from '../domain/cursor.ts'
import type { Examination, Examine } from '../domain/doctor.ts'
import { lineOf } from '../domain/event.ts'
import { shownArticle, storedArticle } from '../domain/own-addresses.ts'
import type { KnownPath, PathReply, PathStore } from '../domain/path.ts'
import type { Log } from '../domain/ports.ts'
import type { Result } from '../domain/problem.ts'
import { facetsOf } from '../domain/selection.ts'
import { address, type Site } from '../domain/site.ts'
import { isBad, maxListed, type Query, type Store } from '../domain/store.ts'
import { detailsOf } from '../http/problem.ts'
import { drop, type OperatePorts, redeliver, reportHub } from '../hub/operate.ts'
import { callWith } from '../hub/outbound.ts'
import { d1Backups } from '../store/backup.ts'
import { allowChange } from '../store/charge.ts'
import { commentStore } from '../store/comments/store.ts'
import { d1Store } from '../store/d1.ts'
import { examineIn } from '../store/doctor.ts'
import { hubStore } from '../store/hub/store.ts'
import { d1Paths } from '../store/paths.ts'
import { dryRunPorts } from '../write/dry-run.ts'
import { daysIn } from '../write/identity.ts'
import type { PublishPorts } from '../write/ports.ts'
import { type Saved, withdraw } from '../write/publish.ts'
import { publishMany } from '../write/publish-many.ts'
import { moveOn } from '../write/restored.ts'
import { type UndonePart, undoPart } from '../write/undo.ts'
import { localComments } from './comments.ts'
import type { HubTarget } from './hub.ts'
import { localBackup } from './local-backup.ts'
import { localSubscriptions } from './local-subscriptions.ts'
import { migrate } from './migrate.ts'
import { quiet, root, standardStore } from './paths.ts'
import { hasStaticFile } from './static-files.ts'
import type { Filter, Reply, Target } from './target.ts'

interface LocalTarget extends Target {
  isEmpty: () => Promise<boolean>
  /** Allows the server's next cron run to put its version in charge, so that its answers have Last-Modified dates. */
  allowChange: () => Promise<void>
}

/**
 * Opens the local store and applies its migrations. The caller must have locked the store, because two
 * processes that write to one store would lose saves.
 */
export async function localTarget({
  siteUrl = process.env.SITE_URL ?? 'http://localhost:8787',
  persistTo = standardStore,
}): Promise<LocalTarget> {
  Object.assign(process.env, quiet)
  migrate(persistTo)
  // Loading wrangler takes seconds, so it is loaded only when a local store is opened.
  const { getPlatformProxy } = await import('wrangler')
  const proxy = await getPlatformProxy<{ DB: D1Database; ERASED?: R2Bucket }>({
    configPath: join(root, 'wrangler.toml'),
    persist: { path: join(persistTo, 'v3') },
  })
  const config = parseConfig({ ...proxy.env, ...process.env, SITE_URL: siteUrl })
  if (!config.ok) throw new Error(detailsOf(config.problem).detail)
  const log: Log = (event, fields) => console.error(lineOf(event, fields))
  const store = d1Store(proxy.env.DB, Date.now, log)
  const paths = d1Paths(proxy.env.DB, Date.now)
  const backups = d1Backups(proxy.env.DB, Date.now)
  const ports = { site: config.value.site, store, clock: Date.now, invalidate: async () => {} }
  const reply = replyIn(ports.site)
  return {
    save: async (inputs, origins) => (await publishMany(ports, inputs, origins)).map(reply),
    openDryRun: () => {
      const dry = dryRunPorts(ports)
      return { save: async (inputs, origins) => (await publishMany(dry, inputs, origins)).map(reply) }
    },
    openImport: store.openImport,
    completeImport: store.completeImport,
    undo: () => undoAll(ports),
    list: (filter, onBadRow) => listAll(store, ports.site, filter, onBadRow),
    examine: (fix) => examineAll(examineIn(proxy.env.DB, ports.site, Date.now), fix),
    paths: () => allPaths(paths),
    savePaths: async (known) => pathReplies(known, (await paths.save(known)).replies),
    wouldSavePaths: async (known) => pathReplies(known, await paths.check(known)),
    timeZone: async () => config.value.site.timeZone,
    hasFile: async (path) => hasStaticFile(path),
    find: async (slug) => {
      const found = await store.find(slug)
      if (!found) return undefined
      if (!isBad(found)) return shownArticle(ports.site, found.article)
      throw new Error(detailsOf({ kind: 'bad-row', slug, issue: found.issue }).detail)
    },
    withdraw: async (slug) => {
      const done = await withdraw(ports, slug)
      return done.ok
        ? { ok: true, slug, kind: done.value }
        : { ok: false, reason: detailsOf(done.problem).detail }
    },
    restored: () => moveOn(ports, backups),
    backup: localBackup(config.value.site, backups),
    hub: localHub(proxy.env.DB, config.value.site),
    comments: localComments({
      site: config.value.site,
      comments: commentStore(proxy.env.DB, Date.now),
      secrets: config.value.subscriptionSecrets,
      clock: Date.now,
      isMailed: mailOf(config.value).kind === 'on',
    }),
    subscriptions: localSubscriptions(proxy.env, config.value.subscriptionSecrets),
    isEmpty: () => store.isEmpty(),
    allowChange: () => allowChange(proxy.env.DB),
    close: () => proxy.dispose(),
  }
}

/**
 * The hub of the local store. It has no queue, so a delivery that an operator repeats is only marked; the
 * server makes the delivery when it next starts.
 */
function localHub(database: D1Database, site: Site): HubTarget {
  const ports: OperatePorts = {
    site,
    subscriptions: hubStore(database, Date.now),
    enqueue: async () => {},
    call: callWith((request) => fetch(request), `Kiosque (+${address(site, 'hub')})`),
  }
  return {
    report: async (topic) => unwrapped(await reportHub(ports, topic)),
    redeliver: async (which) =>
      unwrapped(
        await redeliver(
          { ...ports, subscriptions: { ...ports.subscriptions, takeDeadLetters: async () => [] } },
          which,
        ),
      ),
    drop: (number) => drop(ports, number),
  }
}

function unwrapped<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(detailsOf(result.problem).detail)
}

const replyIn =
  (site: Site) =>
  (saved: Result<Saved>): Reply => {
    if (!saved.ok) return { ok: false, reason: detailsOf(saved.problem).detail }
    const { kind, article, former, kept } = saved.value
    const replaced = former && { former: { title: former.title, day: daysIn(site)(former) } }
    return { ok: true, slug: article.slug, kind, ...replaced, ...(kept && { kept }) }
  }

async function* undoAll(ports: PublishPorts): AsyncGenerator<Reply> {
  let after: string | undefined = ''
  while (after !== undefined) {
    const part: UndonePart = await undoPart(ports, after)
    for (const result of part.results)
      yield result.ok
        ? { ok: true, ...result.value }
        : { ok: false, reason: detailsOf(result.problem).detail }
    after = part.next
  }
}

async function* examineAll(examine: Examine, fix: boolean): AsyncGenerator<Omit<Examination, 'next'>> {
  let after: number | undefined = 0
  while (after !== undefined) {
    const { next, ...found }: Examination = await examine(after, fix)
    yield found
    after = next
  }
}

async function* listAll(
  store: Store,
  site: Site,
  { status, since, form, ...filter }: Filter,
  onBadRow: (row: BadRow) => void = () => {},
): AsyncGenerator<Article> {
  const inForm = form === 'stored' ? storedArticle : shownArticle
  const query: Query = {
    limit: maxListed,
    ...(status !== undefined && { state: stateIn(status) }),
    ...(since !== undefined && { since: Date.parse(since) }),
    within: facetsOf((key) => filter[key as keyof typeof filter]),
  }
  let before: Cursor | undefined
  do {
    const page = await store.list({ ...query, ...(before && { before }) })
    for (const { salvaged, issue } of page.bad) onBadRow({ slug: salvaged.slug, id: salvaged.id, ...issue })
    for (const { article } of page.articles) yield inForm(site, article)
    before = page.next
  } while (before)
}

function stateIn(status: string): State {
  const state = states.find((one) => one === status)
  if (state === undefined)
    throw new Error(`Cannot list articles: status: must be one of ${states.join(', ')}`)
  return state
}

async function* allPaths(store: PathStore): AsyncGenerator<KnownPath> {
  let page: KnownPath[] = []
  do {
    page = await store.list(page.at(-1)?.path ?? '', maxListed)
    yield* page
  } while (page.length === maxListed)
}

const pathReplies = (paths: readonly KnownPath[], replies: readonly PathReply[]): Reply[] =>
  replies.map((reply, at) => pathReply(paths[at]?.path ?? '', reply))

const pathReply = (path: string, reply: PathReply): Reply =>
  reply.ok
    ? { ok: true, slug: path, kind: reply.value }
    : { ok: false, reason: detailsOf(reply.problem).detail }
