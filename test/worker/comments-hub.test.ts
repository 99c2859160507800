import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { allComments, commentsPath } from '../../src/domain/comment.ts'
import { commentStore } from '../../src/store/comments/store.ts'
import { moveOn } from '../../src/write/restored.ts'
import { type HubSite, openHub, textOf } from './hub-site.ts'
import { mailSettings } from './site.ts'

const { SUBSCRIPTION_SECRET } = mailSettings
const ofOne = '/articles/un/comments/feed.json'
const ofAll = '/comments/feed.json'

const open = async (settings: Record<string, string> = {}, differs = {}): Promise<HubSite> => {
  const site = await openHub({ COMMENTS: 'open', SUBSCRIPTION_SECRET, ...settings }, differs)
  for (const slug of ['un', 'deux']) await site.put(slug)
  site.wait(2000)
  await site.sweep()
  return site
}

let forms = 0

/** Adds a comment that is public at once. The clock does not move, so that revisions run ahead of it. */
async function add(site: HubSite, id: string, path = commentsPath('un')): Promise<void> {
  await commentStore(env.DB, site.ports.clock).add({
    ...{ id, path, state: 'approved', reasons: [], name: 'Kim', text: id, html: `<p>${id}</p>` },
    ...{ form: String(forms++), network: 'n', editHash: 'hash', editUntil: 0 },
  })
}

/** The topics that were delivered, each with the texts of its comments. */
const delivered = (site: HubSite): string[] =>
  site
    .deliveries()
    .filter(({ url }) => url.startsWith('https://reader.example/'))
    .map((call) => {
      const feed = JSON.parse(textOf(call)) as { feed_url: string; items: { content_html: string }[] }
      const texts = feed.items.map((item) => item.content_html.replace(/<[^>]*>/g, '')).sort()
      return `${new URL(feed.feed_url).pathname}: ${texts.join(' ')}`
    })

const outbox = async () =>
  (await env.DB.prepare("SELECT effect FROM effect WHERE effect = 'websub-comments'").all()).results.length

describe('feeds of comments are topics of the hub', () => {
  test('a comment is delivered by the next cron run, to the topics of its article and of all comments only', async () => {
    const site = await open()
    for (const path of [ofOne, ofAll, '/articles/deux/comments/feed.json', '/feed.json'])
      await site.subscribe(path, `https://reader.example/${encodeURIComponent(path)}`)
    await add(site, 'Bonjour')
    await site.sweep()
    expect(delivered(site).sort()).toEqual([`${ofOne}: Bonjour`, `${ofAll}: Bonjour`])
    await site.sweep()
    expect(delivered(site)).toHaveLength(2)
    expect(await outbox()).toBe(0)
  })

  test('the feeds name the hub, and are what is delivered', async () => {
    const site = await open()
    await site.subscribe(ofOne)
    await add(site, 'Bonjour')
    await site.sweep()
    const [delivery] = site.deliveries()
    expect(delivery?.headers?.Link).toBe(
      `<https://kiosque.example${ofOne}>; rel="self"; type="application/feed+json", <https://kiosque.example/hub>; rel="hub"`,
    )
    expect(delivery && textOf(delivery)).toBe(await (await site.get(ofOne)).text())
  })

  test('many comments whose revisions run ahead of the clock are one delivery, and later saves of articles lose none', async () => {
    const site = await open()
    for (const path of [ofOne, ofAll]) await site.subscribe(path, `https://reader.example/${path.length}`)
    const ids = Array.from({ length: 30 }, (_, at) => `c${at}`)
    for (const id of ids) await add(site, id)
    await site.sweep()
    expect(delivered(site)).toHaveLength(2)
    // The revision of the site is below those of the comments.
    const revisions = await env.DB.prepare(
      `SELECT site.revision AS site, discussion.revision AS comments FROM site, discussion WHERE path = '${allComments}'`,
    ).first<{ site: number; comments: number }>()
    expect(revisions?.site).toBeLessThan(revisions?.comments ?? 0)
    await site.put('deux', { title: 'Autre' })
    await site.sweep()
    await add(site, 'Dernier')
    await site.sweep()
    expect(
      delivered(site)
        .slice(2)
        .map((line) => line.includes('Dernier')),
    ).toEqual([true, true])
  })

  test('a comment that is approved while a push runs is delivered by the next one', async () => {
    const site = await open()
    await site.subscribe(ofOne)
    await add(site, 'Un')
    const { subscriptions } = site.hub
    const { forget } = subscriptions
    subscriptions.forget = async (upTo) => {
      subscriptions.forget = forget
      await add(site, 'Deux')
      await forget.call(subscriptions, upTo)
    }
    await site.sweep()
    await site.sweep()
    expect(delivered(site).at(-1)).toBe(`${ofOne}: Deux Un`)
    await site.sweep()
    expect(await outbox()).toBe(0)
  })

  test('an article’s save that changes the title of its comments while a push runs is delivered by the next one', async () => {
    const site = await open()
    await site.subscribe(ofOne)
    await add(site, 'Un')
    await site.sweep()
    // The revisions of other comments are above those of this article and of the site.
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await add(site, id, commentsPath('deux'))
    const { subscriptions } = site.hub
    const { forget } = subscriptions
    subscriptions.forget = async (upTo) => {
      subscriptions.forget = forget
      await site.put('un', { title: 'Renommé' })
      await forget.call(subscriptions, upTo)
    }
    await site.sweep()
    await site.sweep()
    const last = site.deliveries().at(-1)
    expect(last && JSON.parse(textOf(last)).title).toContain('Renommé')
  })

  test('a moderator’s decision is pushed at once: a comment that leaves is no longer in the feed', async () => {
    const site = await open()
    await site.subscribe(ofOne)
    for (const id of ['Un', 'Deux']) await add(site, id)
    await site.sweep()
    await site.ports.commenting.comments.decide(['Un'], 'spam')
    site.ports.publishing.push?.()
    await site.drain()
    expect(delivered(site)).toEqual([`${ofOne}: Deux Un`, `${ofOne}: Deux`])
  })

  test('after a renaming, subscribers get the feed under its new address', async () => {
    const site = await open()
    await site.subscribe(ofOne)
    await add(site, 'Un')
    await site.sweep()
    await site.put('une', { id: 'tag:kiosque.example,2024:un' })
    await site.sweep()
    expect(delivered(site).at(-1)).toBe('/articles/une/comments/feed.json: Un')
  })

  test('a subscription before the first comment gets the first comment', async () => {
    const site = await open()
    for (const path of [ofOne, ofAll]) await site.subscribe(path, `https://reader.example/${path.length}`)
    await site.sweep()
    expect(delivered(site)).toEqual([])
    await add(site, 'Un')
    await site.sweep()
    expect(delivered(site).sort()).toEqual([`${ofOne}: Un`, `${ofAll}: Un`])
  })

  test('subscribers of the comments on an article that is withdrawn are told that the feed has ended', async () => {
    const site = await open()
    await site.subscribe(ofOne)
    await add(site, 'Un')
    await site.sweep()
    await site.call('DELETE', '/api/articles/un')
    await site.sweep()
    expect(site.calls.filter(({ url }) => url.includes('hub.mode=denied'))).toHaveLength(1)
  })

  test('after a restore of the database, subscribers get the feed once more', async () => {
    const site = await open()
    await site.subscribe(ofOne)
    await add(site, 'Un')
    await site.sweep()
    site.wait(60_000)
    await moveOn(site.ports.publishing, site.ports.backups)
    await site.sweep()
    expect(delivered(site)).toHaveLength(2)
  })
})

test.for([
  ['a site without comments', { COMMENTS: '' }],
  ['comments that are off', { COMMENTS: 'off' }],
] as const)('%s: the addresses are no topics', async ([, settings]) => {
  const site = await open(settings)
  for (const path of [ofOne, settings.COMMENTS === '' ? ofAll : ofOne]) {
    const response = await site.ask({
      'hub.mode': 'subscribe',
      'hub.topic': `https://kiosque.example${path}`,
      'hub.callback': 'https://reader.example/',
    })
    expect(response.status, path).toBe(400)
  }
})
