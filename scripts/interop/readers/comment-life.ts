import { makeForm } from '../../../src/comments/form.ts'
import { commentsPath, commentUri } from '../../../src/domain/comment.ts'
import { wordsIn } from '../../../src/domain/language.ts'
import { send } from '../client.ts'
import { call, type Life, now, type Published, type Site, type Step } from './life.ts'

const secret = 'a-secret-of-the-scripts-of-32-characters'

const path = `/${commentsPath('un')}`

/** The settings of the site: every comment, and every change of one, waits for a moderator. */
const settings = { COMMENTS: 'all-held', SUBSCRIPTION_SECRET: secret, SITE_LANGUAGE: 'fr-CA' }

/** A comment as it was sent: its id, and the token with which its author changes it. */
interface Sent {
  id: string
  token: string
}

/** The comments that were sent, by their names here. */
const sent = new Map<string, Sent>()

const titles = ['L’été & « un » : AT&T, 1 < 2', 'Un titre corrigé & relu'] as const
const corrected = 'Un mot corrigé & relu.'
const name = 'Kim « K. » & Cie'

const steps: readonly Step[] = [
  {
    what: 'first poll',
    change: async (site) => {
      await saveArticle(site, titles[0])
      await write(site, 'un', 'Premier mot : cœur & âme, AT&T, 1 < 2, « où ? », 日本語.')
      await write(site, 'deux', 'Un autre mot,\nsur deux lignes & plus.')
      await decide(site, 'un', 'approved')
      await decide(site, 'deux', 'approved')
    },
    answer: 'whole feed',
  },
  { what: 'second poll', change: async () => {} },
  { what: 'nothing has changed', change: async () => {}, answer: 'not modified' },
  {
    what: 'a comment that waits',
    change: (site) => write(site, 'trois', 'Une réponse & sa suite.', 'un'),
    answer: 'not modified',
  },
  {
    what: 'its approval',
    change: (site) => decide(site, 'trois', 'approved'),
    answer: 'delta, where it is read',
  },
  {
    what: 'a change that waits',
    change: (site) => edit(site, 'deux', corrected),
  },
  {
    what: 'the approval of a change',
    change: async (site) => {
      await decide(site, 'deux', 'approved')
      site.published.set('deux', { ...now(site, 'deux'), text: corrected })
    },
  },
  { what: 'spam', change: (site) => decide(site, 'trois', 'spam') },
  { what: 'a mistake that is undone', change: (site) => decide(site, 'trois', 'approved') },
  { what: 'a deletion', change: (site) => decide(site, 'un', 'deleted') },
  {
    what: 'another title of the article',
    change: async (site) => {
      await saveArticle(site, titles[1])
      for (const [key, one] of site.published)
        if (!one.isWithdrawn) site.published.set(key, { ...one, title: titleWith(titles[1]) })
    },
  },
  { what: 'second poll', change: async () => {} },
  { what: 'nothing has changed', change: async () => {}, answer: 'not modified' },
]

/** The comments on an article in their feed. */
export const commentLife: Life = { what: 'comments', settings, feed: `${path}/feed`, steps }

const titleWith = (title: string): string => wordsIn('fr').comments.by(name, title)

const saveArticle = (site: Site, title: string): Promise<string> =>
  call(site, 'PUT', '/api/articles/un', { title, text: 'Le conseil a voté.', language: 'fr-CA' })

/** Sends a comment as a browser does, whose form was made ten seconds ago. */
async function write(site: Site, key: string, text: string, parent?: string): Promise<void> {
  const secrets = [secret] as const
  const clock = () => Date.now() - 10_000
  const form = await makeForm(
    { secrets, clock, bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    commentsPath('un'),
  )
  const answered = parent === undefined ? {} : { parent: idOf(parent) }
  const { id, token } = JSON.parse(await post(site, `${path}/new`, { form, name, text, ...answered }))
  sent.set(key, { id, token })
  site.published.set(key, {
    id: commentUri(id),
    title: titleWith(titles[0]),
    text: shownOf(text),
    link: `https://kiosque.example${path}?comment=${id}#c-${id}`,
    author: name,
    tags: [],
    isWithdrawn: true,
  })
}

/** The text of a comment on one line. */
const shownOf = (text: string): string => text.replace(/\s+/g, ' ')

/** Changes a comment as its author does. The change waits, so that the comment is not public until somebody approves it. */
async function edit(site: Site, key: string, text: string): Promise<void> {
  await post(site, `/comments/${idOf(key)}/edit`, { action: 'save', token: sent.get(key)?.token ?? '', text })
  site.published.set(key, { ...now(site, key), isWithdrawn: true })
}

/** The id by which a moderator decides on what the comment says now, as the list of those that wait has it. */
async function versionOf(site: Site, id: string): Promise<string> {
  const { comments } = JSON.parse(await call(site, 'GET', '/api/comments')) as {
    comments: { id: string; version?: string }[]
  }
  return comments.find((one) => one.id === id)?.version ?? id
}

async function decide(site: Site, key: string, state: string): Promise<void> {
  await call(site, 'POST', '/api/comments', { ids: [await versionOf(site, idOf(key))], state })
  const one: Published = now(site, key)
  site.published.set(key, { ...one, isWithdrawn: state !== 'approved' })
}

function idOf(key: string): string {
  const one = sent.get(key)
  if (!one) throw new Error(`no comment was sent as ${key}`)
  return one.id
}

async function post({ port }: Site, target: string, fields: Record<string, string>): Promise<string> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }
  const { status, body } = await send(port, target, headers, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
  })
  if (status >= 300) throw new Error(`POST ${target}: ${status} ${body}`)
  return body
}
