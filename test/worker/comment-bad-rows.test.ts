import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { keepRows } from './database.ts'
import { token } from './site.ts'

/** The conditions that find the row with the fault, by table. Articles `un` and `deux` have comments; `un` has the bad row. */
const rows: Record<string, string> = {
  discussion: `path = 'articles/un/comments'`,
  comment: `text = 'Le premier.'`,
  comment_event: 'true',
}

const faults = [
  "'{'",
  'NULL',
  '5',
  "x'00'",
  "'x'",
  "''",
  '1.5',
  '9e15',
  '9000000000000000',
  '-1',
  "'[]'",
  "'5'",
]

const settings = async () => ({ COMMENTS: 'open', API_TOKENS: `tests:admin:${await hashOf(token)}` })

/** Fills the tables: three comments on one article, one of them an answer, a pending one, and one comment on another article. */
async function fill(): Promise<CommentSite> {
  const site = await openComments(await settings())
  for (const slug of ['un', 'deux', 'trois']) await site.put(slug, { section: 'Monde' })
  site.wait(2000)
  for (const text of ['Le premier.', 'Le deuxième.']) {
    await (await site.send('un', { text })).arrayBuffer()
    site.wait(2000)
  }
  const first = await env.DB.prepare("SELECT id FROM comment WHERE text = 'Le premier.'").first<string>('id')
  await (await site.send('un', { text: 'La réponse.', parent: first ?? '' })).arrayBuffer()
  await (await site.send('deux', { text: 'Ailleurs.' })).arrayBuffer()
  await (await site.send('deux', { text: 'En attente.', website: 'x' })).arrayBuffer()
  await site.ports.commenting.comments.report(first ?? '', { reason: 'spam', text: 'Voici.', form: 'one' })
  site.wait(60_000)
  return site
}

const ofArticle = (slug: string) => [
  `/articles/${slug}/comments`,
  `/articles/${slug}/comments.json`,
  ...formatNames.map((format) => `/articles/${slug}/comments/feed.${format}`),
]
const ofAll = formatNames.map((format) => `/comments/feed.${format}`)
const articles = ['/feed.rss', '/', '/articles/un', '/articles/deux']

/** Whether `doctor` must name the row with a fault: its columns with instants, lists and keys, and the numbers of other comments. */
const mustBeNamed = (column: string, fault: string): boolean =>
  /^(written|published|edited|withdrawn|expires)$/.test(column)
    ? fault.startsWith('9')
    : (column === 'reasons' && fault === "'5'") ||
      (column === 'question' && fault === "'{'") ||
      (/^(parent|thread)$/.test(column) && fault === '-1')

/** What fails on a site with a bad row, each as a line. */
async function failuresOn(site: CommentSite, table: string): Promise<string[]> {
  const failures: string[] = []
  const look = async (path: string, text?: string) => {
    const response = await (path.startsWith('/api/') ? site.call('GET', path) : site.get(path))
    const body = await response.text()
    if (response.status !== 200) failures.push(`${path}: ${response.status}`)
    else if (text !== undefined && !body.includes(text)) failures.push(`${path}: lacks ${text}`)
  }
  for (const path of articles) await look(path)
  for (const path of ofArticle('deux')) await look(path, 'Ailleurs.')
  for (const path of ofAll) await look(path, 'Ailleurs.')
  // A bad head of an article's comments can only hide these comments.
  if (table !== 'discussion') {
    for (const path of ofArticle('un')) await look(path, 'Le deuxième.')
    for (const path of ofAll) await look(path, 'Le deuxième.')
  } else
    for (const path of ofArticle('un')) {
      const { status } = await site.get(path)
      if (status !== 200 && status !== 404) failures.push(`${path}: ${status}`)
    }
  for (const kind of ['comments', 'discussions']) await look(`/api/backup/${kind}`)
  for (const state of ['pending', 'approved']) await look(`/api/comments?state=${state}`)
  const id = await env.DB.prepare("SELECT id FROM comment WHERE text = 'Le premier.'").first<string>('id')
  if (id && /^[\w-]+$/.test(id)) await look(`/api/comments/${id}`)
  const saved = await site.call('PUT', '/api/articles/urn:x:un', JSON.stringify({ title: 'x' }))
  if (saved.status >= 500) failures.push(`a save: ${saved.status}`)
  const written = await site.send('deux', { text: 'Nouveau.' })
  if (written.status !== 200) failures.push(`a new comment: ${written.status}`)
  return failures
}

test.for(Object.keys(rows))('a bad row of the table %s costs only itself', async (table) => {
  const filled = await fill()
  const now = filled.ports.clock()
  const restore = await keepRows()
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>()
  const failures: Record<string, string[]> = {}
  let planted = 0
  for (const { name } of results) {
    for (const fault of faults) {
      const sql = `UPDATE ${table} SET ${name} = ${fault} WHERE ${rows[table]}`
      // The schema does not allow every fault.
      const { changes } = await env.DB.prepare(sql)
        .run()
        .then(
          ({ meta }) => meta,
          () => ({ changes: 0 }),
        )
      if (changes === 0) continue
      planted++
      const site = await openComments({ ...(await settings()) })
      site.wait(now - site.ports.clock())
      const found: string[] = []
      const { findings } = await site.ports.examine(0, false)
      if (
        mustBeNamed(name, fault) &&
        !findings.some((one) => one.table === table && one.reason.startsWith(`${name}: `))
      )
        found.push('doctor does not name it')
      found.push(...(await failuresOn(site, table).catch((fault) => [`thrown: ${fault}`])))
      if (found.length > 0) failures[sql] = found
      await restore()
    }
  }
  expect(planted).toBeGreaterThan(0)
  expect(failures).toEqual({})
})
