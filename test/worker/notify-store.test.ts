import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Choice } from '../../src/domain/notify.ts'
import type { NotifyStore } from '../../src/domain/notify-store.ts'
import { notifyStore } from '../../src/store/notify/store.ts'
import { openSite, type TestSite } from './site.ts'

const hour = 3_600_000
const day = 24 * hour

let site: TestSite
let store: NotifyStore

beforeEach(async () => {
  site = await openSite()
  store = notifyStore(env.DB, site.ports.clock)
})

const address = 'kim@example.com'
const monde: Choice = { selection: 'sections/monde', schedule: 'now' }

/** Makes a subscriber as a person does, and returns the number. */
async function subscribe(email: string, ...choices: Choice[]) {
  const hash = `hash of ${email} ${site.ports.clock()}`
  const asked = { address: email, language: 'fr', choices, words: 'oui', asked: site.ports.clock() }
  expect(await store.ask({ ...asked, addressHash: `of ${email}` }, 1000), email).toEqual({ kind: 'stored' })
  const [claimed] = await store.claimOptIns([hash])
  expect(claimed, email).toMatchObject({ address: email, tokenHash: hash })
  await store.recordOptIn(claimed?.number ?? 0, 'sent')
  const subscriber = await store.confirm(hash, `id-${email}`, { at: site.ports.clock(), words: 'oui' })
  if (!subscriber) throw new Error('not confirmed')
  return subscriber
}

const article = (more: object = {}) => ({
  title: 'Le pont',
  text: 'Il rouvre.',
  section: 'Monde',
  ...more,
})

/** Who is told of what, as `address event`, in alphabetical order. */
async function told(): Promise<string[]> {
  await store.settle()
  const claimed = await store.claim('email', 100)
  return claimed
    .map(({ subscriber, happening }) => {
      const of = 'schedule' in happening ? happening.schedule : happening.article.replace(/.*:/, '')
      return `${subscriber.address} ${happening.kind} ${of}`
    })
    .sort()
}

describe('who is told', () => {
  test.each<[what: string, choice: Choice, more: object, is: boolean]>([
    ['the section', monde, {}, true],
    ['another section', { selection: 'sections/sports', schedule: 'now' }, {}, false],
    ['everything', { selection: '', schedule: 'now' }, {}, true],
    ['a tag', { selection: 'tags/ponts', schedule: 'now' }, { tags: ['Ponts'] }, true],
    ['an author', { selection: 'authors/kim-roy', schedule: 'now' }, { authors: ['Kim Roy'] }, true],
    ['a digest, at once', { selection: '', schedule: 'daily' }, {}, false],
    ['an article in no feed', { selection: '', schedule: 'now' }, { rights: { syndicate: 'none' } }, false],
    ['a draft', monde, { status: 'draft' }, false],
    ['an article dated before the subscription', monde, { published: '2024-06-19T15:00:00Z' }, false],
    ['an article under embargo', monde, { embargo: '2024-06-20T08:00:00Z' }, false],
  ])('%s', async (_, choice, more, is) => {
    await subscribe(address, choice)
    site.wait(1000)
    await site.put('pont', article(more))
    expect(await told()).toEqual(is ? [`${address} published pont`] : [])
  })

  test('of an article under embargo when the embargo ends, and not again', async () => {
    await subscribe(address, monde)
    await site.put('pont', article({ embargo: '2024-06-19T18:00:00Z' }))
    expect(await told()).toEqual([])
    site.at('2024-06-19T18:00:01Z')
    await site.ports.store.release()
    expect(await told()).toEqual([`${address} published pont`])
  })

  test('not of edits, nor of an article that comes back', async () => {
    await subscribe(address, monde)
    site.wait(1000)
    await site.put('pont', article())
    expect(await told()).toEqual([`${address} published pont`])
    await site.put('pont', article({ text: 'Il a rouvert.' }))
    await site.call('DELETE', '/api/articles/pont')
    await site.put('pont', article({ status: 'published' }))
    site.wait(day)
    expect(await told()).toEqual([`${address} published pont`])
  })
})
