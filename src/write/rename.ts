// I/O: reads and writes the store, then calls the edge cache and the hub.
import type { Article } from '../domain/article.ts'
import { isStoreFault } from '../domain/fault.ts'
import { articlesPerSave, nameBytesOf, nameBytesPerSave } from '../domain/limits.ts'
import { renderCursor } from '../domain/paging.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import type { Folder } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'
import type { Change, Cursor } from '../domain/store.ts'
import { isSame } from '../ingest/article.ts'
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
  const to = `${folder}/${slugOf(name)}`
  if (!(await isUsed(ports, from))) {
    if (!(await isDone(ports, folder, from, name))) return failure({ kind: 'not-found', what: `"${from}"` })
    ports.takeUp?.()
    return success(to)
  }
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const tried = await renameOnce(ports, folder, key, name, before)
      if (!tried.ok) return tried
      if (tried.value) return success(to)
    } catch (fault) {
      if (!isStoreFault(fault) || attempt === attempts) throw fault
    }
  }
  return failure({ kind: 'rename-conflict', path: from })
}

/** Tries the whole rename once. The value is false if another save prevented it. */
async function renameOnce(
  ports: PublishPorts,
  folder: Folder,
  key: string,
  name: string,
  before: Cursor | undefined,
): Promise<Result<boolean>> {
  const from = `${folder}/${key}`
  const articles = await renameArticles(ports, folder, key, name, before)
  if (!articles.ok || !articles.value) return articles
  // The old path gets no redirect if it never had a public article, because a redirect would reveal that the
  // path exists.
  if (!(await ports.store.isKnown(from))) return success(true)
  const outcome = await attemptSave(ports, () => ports.store.rename(from, `${folder}/${slugOf(name)}`, name))
  if (outcome.kind !== 'saved') return success(false)
  await spread(ports, outcome)
  return success(true)
}

/** Whether this rename was completed before: the old path redirects to the new path, which has the new name. */
async function isDone({ store }: PublishPorts, folder: Folder, from: string, name: string): Promise<boolean> {
  const key = slugOf(name)
  if ((await store.moved(from)) !== `${folder}/${key}`) return false
  const [present] = (await store.selections(folder, key, 1)).found
  return present?.path !== `${folder}/${key}` || present.title === name
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
  folder: Folder,
  key: string,
  name: string,
  first: Cursor | undefined,
): Promise<Result<boolean>> {
  let before = first
  for (;;) {
    if (ports.isSpent?.()) return failure(partlyRenamed(folder, key, before))
    const page = await ports.store.list({
      within: [`${folder}/${key}`],
      limit: articlesPerSave,
      ...(before && { before }),
    })
    const [bad] = page.bad
    if (bad) return failure({ kind: 'bad-row', slug: bad.salvaged.slug, issue: bad.issue })
    const changes = page.articles.flatMap(({ article, revision }) => {
      const other = renamed(article, folder, key, name)
      return isSame(other, article) ? [] : [{ article: other, replaces: revision }]
    })
    for (const group of groupsOf(changes)) {
      const outcome = await attemptSave(ports, () => ports.store.save(group))
      if (outcome.kind === 'unfinished') return failure(partlyRenamed(folder, key, before))
      if (outcome.kind !== 'saved') return success(false)
      await spread(ports, outcome)
    }
    if (!page.next) break
    before = page.next
  }
  // The path itself is renamed in another save. Without one, the next request repeats only the last page.
  return ports.isSpent?.() ? failure(partlyRenamed(folder, key, before)) : success(true)
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

const partlyRenamed = (folder: Folder, key: string, before?: Cursor): Problem => ({
  kind: 'partly-renamed',
  path: `${folder}/${key}`,
  next: `/api/${folder}/${key}${before ? `?before=${renderCursor(before)}` : ''}`,
})

function renamed(article: Article, folder: Folder, key: string, name: string): Article {
  const other = (one: string): string => (slugOf(one) === key ? name : one)
  switch (folder) {
    case 'sections':
      return article.section === undefined ? article : { ...article, section: other(article.section) }
    case 'tags':
      return { ...article, tags: onePerKey(article.tags.map(other)) }
    case 'authors':
      return {
        ...article,
        authors: article.authors.map((author) => ({ ...author, name: other(author.name) })),
      }
  }
}

/** Removes repeated tags. A tag is repeated if the article already had a tag with the new name. */
const onePerKey = (names: readonly string[]): string[] =>
  [...new Map([...names].reverse().map((name) => [slugOf(name), name])).values()].reverse()
