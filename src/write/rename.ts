// Input and output: the store, then the edge and the hub.
import type { Article } from '../domain/article.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import type { Folder } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'
import type { Cursor } from '../domain/store.ts'
import type { PublishPorts } from './ports.ts'
import { articlesPerSave, spread } from './publish.ts'

/** How often the whole is tried again when somebody else's save came between. */
const attempts = 3

/**
 * Gives a section, tag or author another name in every article that carries it; their dates stay. The old
 * address redirects to the new one. One that was cut off can be run again. Returns the new path.
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
    // An address that nobody may know of leads nowhere: a redirect would tell of it.
    if (!(await ports.store.isKnown(from))) return success(to)
    const outcome = await ports.store.rename(from, to, name)
    if (outcome.kind !== 'saved') continue
    await spread(ports, [from, ...outcome.touched])
    return success(to)
  }
  return failure({ kind: 'rename-conflict', path: from })
}

/** Whether readers may know of the selection, or an article that they may not see is filed there. */
async function isUsed({ store }: PublishPorts, path: string): Promise<boolean> {
  return (await store.isKnown(path)) || (await store.list({ within: [path], limit: 1 })).articles.length > 0
}

/** Renames in every article that carries the key; false when another save came between. */
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

/** A tag that is renamed to another which the article has already stands once. */
const onePerKey = (names: readonly string[]): string[] =>
  [...new Map([...names].reverse().map((name) => [slugOf(name), name])).values()].reverse()
