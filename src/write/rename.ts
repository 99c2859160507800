// I/O: reads and writes the store, then calls the edge cache and the hub.
import type { Article } from '../domain/article.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import type { Folder } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'
import type { Cursor } from '../domain/store.ts'
import type { PublishPorts } from './ports.ts'
import { articlesPerSave } from './publish.ts'
import { spread } from './spread.ts'

/**
 * How many times the whole rename is tried. A try fails if another save changes an article that the rename has
 * read but not yet saved.
 */
const attempts = 3

/**
 * Renames a section, tag or author in every article that has it, without changing the articles' dates, and
 * returns the new path. The old address then redirects to the new address. If a rename was interrupted, running
 * it again completes it.
 */
export async function rename(
  ports: PublishPorts,
  folder: Folder,
  key: string,
  name: string,
): Promise<Result<string>> {
  const from = `${folder}/${key}`
  const to = `${folder}/${slugOf(name)}`
  if (!(await isUsed(ports, from))) return failure({ kind: 'not-found', what: `"${from}"` })
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (!(await renameArticles(ports, folder, key, name))) continue
    // The old path gets no redirect if it never had a public article, because a redirect would reveal that the
    // path exists.
    if (!(await ports.store.isKnown(from))) return success(to)
    const outcome = await ports.store.rename(from, to, name)
    if (outcome.kind !== 'saved') continue
    await spread(ports, [from, ...outcome.touched])
    return success(to)
  }
  return failure({ kind: 'rename-conflict', path: from })
}

/** Whether the selection has, or once had, a public article, or has an article that is not public. */
async function isUsed({ store }: PublishPorts, path: string): Promise<boolean> {
  return (await store.isKnown(path)) || (await store.list({ within: [path], limit: 1 })).articles.length > 0
}

/**
 * Renames the section, tag or author in every article that has it. Returns false if another save changed one of
 * these articles after the rename had read it.
 */
async function renameArticles(
  ports: PublishPorts,
  folder: Folder,
  key: string,
  name: string,
): Promise<boolean> {
  let before: Cursor | undefined
  do {
    const page = await ports.store.list({
      within: [`${folder}/${key}`],
      limit: articlesPerSave,
      ...(before && { before }),
    })
    const changes = page.articles.map(({ article, revision }) => ({
      article: renamed(article, folder, key, name),
      replaces: revision,
    }))
    if (changes.length > 0) {
      const outcome = await ports.store.save(changes)
      if (outcome.kind !== 'saved') return false
      await spread(ports, outcome.touched)
    }
    before = page.next
  } while (before)
  return true
}

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
