// I/O: reads and writes the store, then calls the edge cache and the hub.
import type { Article } from '../domain/article.ts'
import { type Cursor, renderCursor } from '../domain/cursor.ts'
import { isStoreFault } from '../domain/fault.ts'
import { articlesPerSave, nameBytesOf, nameBytesPerSave } from '../domain/limits.ts'
import { type Claim, foldName } from '../domain/name.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import { type Folder, keysOf, pathOf } from '../domain/selection.ts'
import type { Change } from '../domain/store.ts'
import { isSame } from '../ingest/article.ts'
import { pathsOf } from './names.ts'
import type { PublishPorts } from './ports.ts'
import { attemptSave, spread } from './spread.ts'

/**
 * How many times the whole rename is tried. A try fails if another save changes an article that the rename has
 * read but not yet saved, or if the answer of a save is lost.
 */
const attempts = 3

/**
 * Renames a section, tag or author in every article that has it, without changing the articles' dates, and
 * returns the new path. The old address then redirects to the new address. If a rename was interrupted, running
 * it again completes it. If the same rename was completed before, the function succeeds without a change. If the articles
 * are more than one request may save, the problem is `partly-renamed`, and the rename goes on at its position `before`.
 */
export async function rename(
  ports: PublishPorts,
  folder: Folder,
  key: string,
  name: string,
  before?: Cursor,
): Promise<Result<string>> {
  const from = `${folder}/${key}`
  if (!(await isUsed(ports, from))) {
    const { to } = await targetOf(ports, folder, from, name)
    if (!(await isDone(ports, from, to, name))) return failure({ kind: 'not-found', what: `"${from}"` })
    ports.takeUp?.()
    return success(to)
  }
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const target = await targetOf(ports, folder, from, name)
      const tried = await renameOnce(ports, { folder, from, name, ...target }, before)
      if (!tried.ok) return tried
      if (tried.value) return success(target.to)
    } catch (fault) {
      if (!isStoreFault(fault) || attempt === attempts) throw fault
    }
  }
  return failure({ kind: 'rename-conflict', path: from })
}

/** A rename: the folder, the former path, the new name, its path, and the claims of the saves that make it. */
interface Renaming {
  folder: Folder
  from: string
  name: string
  to: string
  claims: readonly Claim[]
}

/**
 * Finds the path of the new name. A name that another selection has leads to that selection. A new name keeps the path of
 * the renamed selection if it can have this path, so that a corrected accent moves no feed.
 */
async function targetOf({ store }: PublishPorts, folder: Folder, from: string, name: string) {
  const { pathOf, claimsOf } = await pathsOf(store, [{ folder, name, keeps: from }])
  return { to: pathOf(folder, name), claims: claimsOf([{ folder, name }]) }
}

/** Tries the whole rename once. The value is false if another save prevented it. */
async function renameOnce(
  ports: PublishPorts,
  renaming: Renaming,
  before: Cursor | undefined,
): Promise<Result<boolean>> {
  const { from, to, name, claims } = renaming
  // What is told while the articles are saved, under whichever path, is told to those who have chosen the former one.
  if (from !== to) await ports.store.prepareRename(from, to)
  const articles = await renameArticles(ports, renaming, before)
  if (!articles.ok || !articles.value) return articles
  // The old path gets no redirect if it never had a public article, because a redirect would reveal that the
  // path exists.
  if (!(await ports.store.isKnown(from))) return success(true)
  const outcome = await attemptSave(ports, () => ports.store.rename(from, to, name, claims))
  if (outcome.kind !== 'saved') return success(false)
  await spread(ports, outcome)
  return success(true)
}

/** Whether this rename was completed before: the old path redirects to the new path, which has the new name. */
async function isDone({ store }: PublishPorts, from: string, to: string, name: string): Promise<boolean> {
  if ((await store.moved(from)) !== to) return false
  const [folder = '', key = ''] = to.split('/')
  const [present] = (await store.selections(folder, key, 1)).found
  return present?.path !== to || present.title === name
}

/** Whether the selection has, or once had, a public article, or has an article that is not public. */
async function isUsed({ store }: PublishPorts, path: string): Promise<boolean> {
  if (await store.isKnown(path)) return true
  const { articles, bad } = await store.list({ within: [path], limit: 1 })
  return articles.length + bad.length > 0
}

/**
 * Renames the section, tag or author in every article that has it. The value is false if another save changed one of
 * these articles after the rename had read it. Fails at a bad row, because nobody can read which names the article has.
 */
async function renameArticles(
  ports: PublishPorts,
  renaming: Renaming,
  first: Cursor | undefined,
): Promise<Result<boolean>> {
  const { from, claims } = renaming
  let before = first
  for (;;) {
    if (ports.isSpent?.()) return failure(partlyRenamed(from, before))
    const page = await ports.store.list({
      within: [from],
      limit: articlesPerSave,
      ...(before && { before }),
    })
    const [bad] = page.bad
    if (bad) return failure({ kind: 'bad-row', slug: bad.salvaged.slug, issue: bad.issue })
    const changes = page.articles.flatMap(({ article, revision }) => {
      const other = renamed(article, renaming)
      return isSame(other, article) ? [] : [{ article: other, replaces: revision, claims }]
    })
    for (const group of groupsOf(changes)) {
      const outcome = await attemptSave(ports, () => ports.store.save(group))
      if (outcome.kind === 'unfinished') return failure(partlyRenamed(from, before))
      if (outcome.kind !== 'saved') return success(false)
      await spread(ports, outcome)
    }
    if (!page.next) break
    before = page.next
  }
  // The path itself is renamed in another save. Without one, the next request repeats only the last page.
  return ports.isSpent?.() ? failure(partlyRenamed(from, before)) : success(true)
}

/** Splits changes into groups, each for one save, whose names fit into one text of D1. */
function groupsOf(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = []
  let bytesLeft = 0
  for (const change of changes) {
    const bytes = nameBytesOf(change.article)
    if (groups.length === 0 || bytes > bytesLeft) {
      groups.push([])
      bytesLeft = nameBytesPerSave
    }
    bytesLeft -= bytes
    groups.at(-1)?.push(change)
  }
  return groups
}

const partlyRenamed = (path: string, before?: Cursor): Problem => ({
  kind: 'partly-renamed',
  path,
  next: `/api/${path}${before ? `?before=${renderCursor(before)}` : ''}`,
})

function renamed(article: Article, renaming: Renaming): Article {
  const { folder, name, to } = renaming
  const { keys: _, ...others } = withNewName(article, renaming)
  const keys = keysOf(others, (within, one) =>
    within === folder && one === name ? to : pathOf(article, within, one),
  )
  return keys ? { ...others, keys } : others
}

function withNewName(article: Article, { folder, from, name }: Renaming): Article {
  const other = (one: string): string => (pathOf(article, folder, one) === from ? name : one)
  switch (folder) {
    case 'sections':
      return article.section === undefined ? article : { ...article, section: other(article.section) }
    case 'tags':
      return { ...article, tags: onePerName(article.tags.map(other)) }
    case 'authors':
      return {
        ...article,
        authors: article.authors.map((author) => ({ ...author, name: other(author.name) })),
      }
  }
}

/** Removes repeated tags. A tag is repeated if the article already had a tag with the new name. */
const onePerName = (names: readonly string[]): string[] =>
  [...new Map([...names].reverse().map((name) => [foldName(name), name])).values()].reverse()
