import { beforeEach, describe, expect, test } from 'vitest'
import { wordsIn } from '../../src/domain/language.ts'
import type { NotifyMistake } from '../../src/domain/words.ts'
import { openPush, type PushSite } from './push-site.ts'
import { mailSettings, openSite } from './site.ts'

const hour = 3_600_000
const address = 'kim@example.com'
const { notify } = wordsIn('fr')

let site: PushSite

beforeEach(async () => {
  site = await openPush()
  await site.put('un', { section: 'Monde', tags: ['Ponts'] })
})

/** Asks by the form, and returns the link of the mail that asks for a confirmation. */
async function ask(more: object = {}): Promise<string> {
  await site.send('/subscribe', { email: address, selection: 'sections/monde', ...more })
  return lastLink()
}

async function lastLink(): Promise<string> {
  await site.drain()
  return site.link()
}

/** The status and the text of the answers to a GET and to a POST. */
const bothAt = async (link: string) => {
  const answers = [await site.get(link), await site.send(link, '')]
  return Promise.all(answers.map(async (answer) => ({ status: answer.status, text: await answer.text() })))
}

describe('the link of a confirmation that was opened again', () => {
  test('says that it is confirmed, and leads to the page of the subscription', async () => {
    const link = await ask()
    const manage = (await site.send(link, '')).headers.get('Location')?.split('?')[0] ?? ''
    for (const { status, text } of await bothAt(link)) {
      expect(status, link).toBe(200)
      expect(text, link).toContain(notify.alreadyConfirmed.title)
      expect(text, link).toContain(`href="${manage}"`)
    }
  })

  test('is in the language of the form', async () => {
    const link = await ask({ language: 'de' })
    await site.send(link, '')
    expect(await (await site.get(link)).text()).toContain(wordsIn('de').notify.alreadyConfirmed.title)
  })

  test('says what happened after the end of the subscription and after an erasure, and shows no address', async () => {
    for (const action of ['end', 'erase']) {
      const link = await ask()
      const manage = (await site.send(link, '')).headers.get('Location')?.split('?')[0] ?? ''
      await site.send(manage, { action })
      for (const { status, text } of await bothAt(link)) {
        expect(status, action).toBe(410)
        expect(text, action).toContain(notify.erasedRequest.detail)
        expect(text, action).not.toContain('kim')
        expect(text, action).not.toContain('<form')
      }
      site.wait(hour + 1)
    }
  })

  test('says that it is no longer valid after 48 hours', async () => {
    const link = await ask()
    await site.send(link, '')
    site.wait(48 * hour + 1)
    for (const { status, text } of await bothAt(link)) {
      expect(status, text).toBe(410)
      expect(text, text).toContain(notify.expired.title)
    }
  })

  test('for another address says so at once if the subscription has ended meanwhile', async () => {
    const manage = (await site.send(await ask(), '')).headers.get('Location')?.split('?')[0] ?? ''
    await site.send(manage, { action: 'address', email: 'lea@example.com' })
    const link = await lastLink()
    expect(await (await site.get(link)).text()).toContain(notify.confirmAddress.title)
    await site.send(manage, { action: 'end' })
    const page = await site.get(link)
    expect([page.status, (await page.text()).includes(notify.erasedRequest.title)]).toEqual([410, true])
    expect((await site.send(link, '')).status).toBe(410)
    expect(await site.notify.subscribers.known('email', 'lea@example.com')).toBeUndefined()
  })
})

test.each<[what: string, form: Record<string, string | string[]>, mistake: NotifyMistake]>([
  ['an address', { email: 'kim@', selection: 'all' }, 'email'],
  ['a choice', { email: address }, 'selection'],
  ['a choice that exists', { email: address, selection: ['all', 'sections/nulle-part'] }, 'invalid'],
  ['a public article to correct', { email: address, selection: 'corrections/nulle-part' }, 'invalid'],
  ['a rhythm that exists', { email: address, selection: 'all', when: 'hourly' }, 'invalid'],
])('a form without %s is shown again in its own language', async (_, form, mistake) => {
  for (const language of ['de', 'en', 'fr']) {
    const answer = await site.send('/subscribe', { ...form, language }, { 'Sec-Fetch-Dest': 'document' })
    const text = await answer.text()
    expect(answer.status, language).toBe(422)
    expect(text, language).toContain(`<html lang="${language}"`)
    expect(text, language).toContain(wordsIn(language).notify.wrong[mistake])
    expect(text, language).toContain(`name="language" value="${language}"`)
  }
})

test('a wrong form of an article is shown again with the boxes of this article, while it is public', async () => {
  await site.put('pont', { title: 'Le pont rouvre', section: 'Monde', tags: ['Ponts'] })
  await site.put('autre', { section: 'Sports' })
  const sent = async () => {
    const form = { email: 'kim@', selection: 'tags/ponts', article: 'pont' }
    return (await site.send('/subscribe', form, { 'Sec-Fetch-Dest': 'document' })).text()
  }
  const boxes = (text: string) =>
    [...text.matchAll(/name="selection" value="([^"]+)"( checked)?/g)].map(([, value, ticked]) =>
      [value, ticked ? 'ticked' : ''].join(' ').trim(),
    )
  const page = await sent()
  expect(boxes(page)).toEqual(['sections/monde', 'tags/ponts ticked', 'corrections/pont'])
  expect(page).toContain('<a href="/articles/pont" lang="fr-CA">Le pont rouvre</a>')
  await site.call('DELETE', '/api/articles/pont')
  expect(boxes(await sent())).toContain('sections/sports')
})

test.each<[what: string, status: number, ask: (manage: string) => Promise<Response>]>([
  ['no action', 422, (manage) => site.send(manage, {})],
  ['another method', 405, (manage) => site.get(manage, {}, 'DELETE')],
  ['a form that is too long', 413, (manage) => site.send(manage, `action=${'x'.repeat(70_000)}`)],
  ['what is no form', 415, (manage) => site.call('POST', manage, '{}', { 'Content-Type': 'text/json' })],
  ['a wrong token', 404, (manage) => site.get(manage.slice(0, -1))],
  ['a token of nothing', 404, () => site.get('/subscriptions/a')],
  ['OPTIONS', 204, (manage) => site.get(manage, {}, 'OPTIONS')],
  ['HEAD', 200, (manage) => site.get(manage, {}, 'HEAD')],
])('the answer to %s at an address with a token tells it to no other site', async (_, status, send) => {
  const manage = (await site.send(await ask(), '')).headers.get('Location')?.split('?')[0] ?? ''
  const answer = await send(manage)
  expect(answer.status).toBe(status)
  expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer')
})

test('so does the answer of a site whose settings are not complete', async () => {
  const other = await openSite({ ...mailSettings, SITE_POSTAL: '' })
  const answer = await other.get('/subscriptions/a', { 'Sec-Fetch-Dest': 'document' })
  expect([answer.status, answer.headers.get('Referrer-Policy')]).toEqual([503, 'no-referrer'])
})
