import { describe, expect, test } from 'vitest'
import { questionsOf } from '../../src/domain/question.ts'
import { hashOf } from '../../src/http/token.ts'
import { all, atomName, readXml } from '../render/read-xml.ts'
import { repeated } from '../repeated.ts'
import { type CommentSite, openComments } from './comment-site.ts'
import { token } from './site.ts'

const html =
  '<p>Le pont ferme <mark data-question="Le traversez-vous &quot;chaque&quot; jour ?" data-question-id="pont">du 3 au <em>14</em> juin</mark>.</p>'
const page = '/articles/un/comments'
const asked = `${page}?question=pont`
const address = `https://kiosque.example${asked}`

async function open(settings: Record<string, string> = {}): Promise<CommentSite> {
  const site = await openComments({ COMMENTS: 'open', ...settings })
  expect((await site.put('un', { html, text: undefined })).status).toBe(201)
  site.wait(2000)
  return site
}

async function say(site: CommentSite, text: string, more: Record<string, string> = {}): Promise<string> {
  const response = await site.send('un', { text, ...more }, { Accept: 'application/json' })
  expect(response.status, text).toBe(201)
  site.wait(2000)
  return ((await response.json()) as { id: string }).id
}

const textOf = async (site: CommentSite, path: string) => (await site.get(path)).text()

interface Data {
  questions?: { key: string; text: string; passage: string }[]
  threads: { id: string; question?: string; replies: { question?: string }[] }[]
}
const dataOf = async (site: CommentSite, search = ''): Promise<Data> =>
  (await site.get(`${page}.json${search}`)).json()

describe('answers to a question about a passage', () => {
  test('are written in a form that shows the question and the passage', async () => {
    const site = await open()
    const form = await textOf(site, `${page}/new?question=pont`)
    expect(form).toContain('<mark>du 3 au 14 juin</mark>')
    expect(form).toContain('Le traversez-vous &quot;chaque&quot; jour ?')
    expect(form).toContain('<input type="hidden" name="question" value="pont"/>')
  })

  test('stand under the question, on their page and among all comments; replies stay with them', async () => {
    const site = await open()
    await say(site, 'Sans question.')
    const first = await say(site, 'Chaque jour.', { question: 'pont' })
    await say(site, 'Moi aussi.', { parent: first, question: 'autre' })
    const own = await textOf(site, asked)
    for (const text of [
      'Chaque jour.',
      'Moi aussi.',
      '<mark>du 3 au 14 juin</mark>',
      `${page}/new?question=pont`,
    ])
      expect(own, text).toContain(text)
    expect(own).not.toContain('Sans question.')
    const whole = await textOf(site, page)
    for (const text of ['Sans question.', 'Chaque jour.', `<a href="${asked}">`])
      expect(whole, text).toContain(text)
    expect(whole.match(/class="asked"/g)).toHaveLength(1)
    const { threads } = await dataOf(site)
    expect(threads.map(({ question, replies }) => [question, ...replies.map((one) => one.question)])).toEqual(
      [['pont', 'pont'], [undefined]],
    )
    expect((await dataOf(site, '?question=pont')).threads.map(({ id }) => id)).toEqual([first])
  })

  test('come as data with the questions that they answer, whose texts are those of the article', async () => {
    const site = await open()
    await say(site, 'Sans question.')
    expect(await dataOf(site)).not.toHaveProperty('questions')
    await say(site, 'Chaque jour.', { question: 'pont' })
    const question = {
      ...{ key: 'pont', text: 'Le traversez-vous "chaque" jour ?', passage: 'du 3 au 14 juin' },
    }
    expect((await dataOf(site)).questions).toEqual([question])
    const before = (await site.get(`${page}.json`)).headers.get('ETag')
    await site.put('un', { html: html.replace('jour ?', 'soir ?'), text: undefined })
    site.wait(2000)
    expect((await dataOf(site)).questions).toEqual([
      { ...question, text: question.text.replace('jour', 'soir') },
    ])
    const after = (await site.get(`${page}.json`, { 'If-None-Match': before ?? '' })).headers.get('ETag')
    expect([before === null, before === after]).toEqual([false, false])
    await site.put('un', { html: '<p>Le pont est ouvert.</p>', text: undefined })
    site.wait(2000)
    expect(await dataOf(site)).not.toHaveProperty('questions')
  })

  test('each page has its own entity-tag, and leads on', async () => {
    const site = await open()
    for (let at = 0; at < 21; at += 1) await say(site, `Texte ${at}.`, { question: 'pont' })
    const tags = await Promise.all(
      [page, asked, `${page}.json`, `${page}.json?question=pont`].map(async (path) =>
        (await site.get(path)).headers.get('ETag'),
      ),
    )
    expect([tags.length, repeated(tags)]).toEqual([4, []])
    const [, next = ''] = /href="([^"]*before=[^"]*)"/.exec(await textOf(site, asked)) ?? []
    expect(next).toContain('question=pont')
    const rest = await textOf(site, next.replaceAll('&amp;', '&'))
    expect([rest.includes('Texte 0.'), rest.includes('Texte 1.')]).toEqual([true, false])
  })

  test('say in feeds and to moderators what they answer', async () => {
    const site = await open({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    const first = await say(site, 'Chaque jour.', { question: 'pont' })
    const feed = (await (await site.get(`${page}/feed.json`)).json()) as {
      items: { id: string; _kiosque: { reply?: object } }[]
    }
    expect(feed.items[0]?._kiosque.reply).toEqual({ ref: address, href: address })
    const atom = readXml(await textOf(site, `${page}/feed.atom`))
    expect(
      all(all(atom, atomName('entry'))[0], '{http://purl.org/syndication/thread/1.0}in-reply-to').map(
        ({ attributes }) => attributes,
      ),
    ).toMatchObject([{ ref: address, href: address }])
    const listed = await site.call('GET', '/api/comments?state=approved')
    expect(await listed.json()).toMatchObject({ comments: [{ id: first, question: 'pont' }] })
  })

  test('keep their address and become plain threads when the article does not ask any more', async () => {
    const site = await open()
    await say(site, 'Chaque jour.', { question: 'pont' })
    await site.put('un', { html: '<p>Le pont est ouvert.</p>', text: undefined })
    site.wait(2000)
    expect(await textOf(site, page)).toContain('Chaque jour.')
    expect(await textOf(site, page)).not.toContain('class="asked"')
    const own = await textOf(site, asked)
    expect([own.includes('Chaque jour.'), own.includes('/new?question=')]).toEqual([true, false])
  })

  test('to a question that the article does not ask are refused; the text can be sent as a comment', async () => {
    const site = await open()
    const unknown = ['?question=autre', '/new?question=autre', '.json?question=autre', '?question=%3Cb%3E']
    for (const path of unknown.map((end) => page + end)) expect((await site.get(path)).status, path).toBe(404)
    const refused = await site.send('un', { text: 'Un texte.', question: 'autre' })
    expect(refused.status).toBe(422)
    const form = await refused.text()
    expect([form.includes('Un texte.'), form.includes('name="question"')]).toEqual([true, false])
    expect(form).toContain('ne pose plus cette question')
    const problem = await site.send('un', { question: 'autre' }, { Accept: 'application/json' })
    expect(await problem.json()).toMatchObject({ issues: [{ field: 'question' }] })
    expect((await dataOf(site)).threads).toEqual([])
  })

  test('do not exist on a site without comments, whose page and feeds have the passage', async () => {
    const site = await open({ COMMENTS: '' })
    expect((await site.get(asked)).status).toBe(404)
    const article = await site.get('/articles/un', { Accept: 'text/html' })
    expect(await article.text()).toContain('14</em> juin</mark>.</p>')
    const feed = (await (await site.get('/articles/un/feed.json')).json()) as {
      items: { content_html: string }[]
    }
    const content = feed.items[0]?.content_html ?? ''
    expect(content).toContain('data-question-id="pont">du 3 au')
    expect(questionsOf({ html: content, rights: { syndicate: 'full' } })).toHaveLength(1)
  })
})
