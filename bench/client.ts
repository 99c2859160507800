import type { ArticleInput } from '../src/domain/input.ts'
import { maxLines } from '../src/domain/limits.ts'
import { token } from './worker.ts'

/** An answer, with the milliseconds from the request to the answer's last byte. */
export interface Answer {
  status: number
  headers: Headers
  body: string
  milliseconds: number
}

/** Sends one request and reads the whole answer. */
export async function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const start = performance.now()
  const answer = await fetch(url, { headers })
  const body = await answer.text()
  return { status: answer.status, headers: answer.headers, body, milliseconds: performance.now() - start }
}

const authorization = { Authorization: `Bearer ${token}` }

/** Saves one article through the API; returns the milliseconds until the answer. */
export async function save(address: string, article: ArticleInput & { slug: string }): Promise<number> {
  const start = performance.now()
  const answer = await fetch(`${address}/api/articles/${article.slug}`, {
    method: 'PUT',
    headers: { ...authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify(article),
  })
  const said = await answer.text()
  if (!answer.ok) throw new Error(`Cannot save article "${article.slug}": ${answer.status} ${said}`)
  return performance.now() - start
}

/** Saves many articles by bulk imports; returns the milliseconds until the last answer. */
export async function importAll(address: string, articles: readonly ArticleInput[]): Promise<number> {
  const start = performance.now()
  for (let at = 0; at < articles.length; at += maxLines)
    await importSome(address, articles.slice(at, at + maxLines))
  return performance.now() - start
}

async function importSome(address: string, articles: readonly ArticleInput[]): Promise<void> {
  const answer = await fetch(`${address}/api/articles`, {
    method: 'POST',
    headers: { ...authorization, 'Content-Type': 'application/x-ndjson' },
    body: articles.map((article) => `${JSON.stringify(article)}\n`).join(''),
  })
  const lines = (await answer.text()).trimEnd().split('\n')
  const refused = lines.find((line) => JSON.parse(line).status >= 400)
  if (!answer.ok || refused || lines.length !== articles.length) {
    throw new Error(`Cannot import: ${answer.status} ${refused ?? lines.length}`)
  }
}

/** Returns every article as the API lists it, but without the revision, which differs from save to save. */
export async function exported(address: string): Promise<string[]> {
  const articles: string[] = []
  for (let next: string | undefined = '/api/articles'; next !== undefined; ) {
    const { body } = await ask(`${address}${next}`, authorization)
    const page: { articles: { revision: number }[]; next?: string } = JSON.parse(body)
    articles.push(...page.articles.map(({ revision: _, ...article }) => JSON.stringify(article)))
    next = page.next
  }
  return articles
}
