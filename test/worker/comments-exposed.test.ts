import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commentStates, commentsPath, threadOrders } from '../../src/domain/comment.ts'
import { formatNames } from '../../src/domain/format.ts'
import { rfc3339 } from '../../src/domain/instant.ts'
import { hashOf } from '../../src/http/token.ts'
import { moveOn } from '../../src/write/restored.ts'
import { examples } from '../laws.ts'
import { emptyDatabase, prepareDatabase } from './database.ts'
import { type HubSite, openHub, textOf } from './hub-site.ts'
import { mailSettings, token } from './site.ts'

/** An article of the walk. Its slug and its fields change; `isPublic` tells whether it is public at an instant. */
interface Subject {
  id: string
  slug: string
  fields: Record<string, unknown>
  isPublic: (at: number) => boolean
}

/** A comment of the walk: its texts contain its number. `token` is that with which its author can change it. */
interface Said {
  id: string
  token: string
  subject: Subject
  state: (typeof commentStates)[number]
}

interface Walk {
  site: HubSite
  subjects: Subject[]
  said: Said[]
  /** The deliveries that were looked at. */
  looked: number
  /** The entity-tag of the first answer of each feed, of which deltas are asked. */
  former: Map<string, string>
}

const number = fc.nat({ max: 9 })
const steps = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('write'), of: number, held: fc.boolean(), to: number }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('decide'), of: number, state: fc.constantFrom(...commentStates) }),
  },
  fc.record({ do: fc.constant('edit'), of: number, action: fc.constantFrom('save', 'delete') }),
  fc.record({ do: fc.constant('report'), of: number }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('save'),
      of: number,
      as: fc.constantFrom(
        'public',
        'draft',
        'withdrawn',
        'embargo',
        'expiring',
        'off',
        'held',
        'renamed',
        'private',
      ),
    }),
  },
  fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(1, 40, 90, 700) }),
  fc.record({ do: fc.constant('restored') }),
)
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never

const one = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]

async function saved(walk: Walk, subject: Subject, more: Record<string, unknown>): Promise<void> {
  subject.fields = { title: 'Le pont', id: subject.id, status: 'published', ...more }
  const response = await walk.site.put(subject.slug, subject.fields)
  expect(response.ok, await response.text()).toBe(true)
}

const saves: Record<string, (walk: Walk, subject: Subject) => Promise<void>> = {
  public: async (walk, subject) => {
    await saved(walk, subject, {})
    subject.isPublic = () => true
  },
  draft: async (walk, subject) => {
    await saved(walk, subject, { status: 'draft' })
    subject.isPublic = () => false
  },
  withdrawn: async (walk, subject) => {
    await saved(walk, subject, { status: 'withdrawn' })
    subject.isPublic = () => false
  },
  embargo: async (walk, subject) => {
    const end = walk.site.ports.clock() + 60_000
    await saved(walk, subject, { embargo: rfc3339(end) })
    subject.isPublic = (at) => at >= Math.floor(end / 1000) * 1000
  },
  expiring: async (walk, subject) => {
    const end = walk.site.ports.clock() + 60_000
    await saved(walk, subject, { expires: rfc3339(end) })
    subject.isPublic = (at) => at < Math.floor(end / 1000) * 1000
  },
  off: async (walk, subject) => {
    await saved(walk, subject, { comments: 'off' })
    subject.isPublic = () => false
  },
  held: async (walk, subject) => {
    await saved(walk, subject, { comments: 'all-held' })
    subject.isPublic = () => true
  },
  renamed: async (walk, subject) => {
    subject.slug = `${subject.id.slice(-2)}-${walk.site.ports.clock().toString(36)}`
    await saved(walk, subject, {})
    subject.isPublic = () => true
  },
  // Its comments are public, but in no feed.
  private: async (walk, subject) => {
    await saved(walk, subject, { rights: { syndicate: 'none' } })
    subject.isPublic = () => true
  },
}

const isShown = ({ site }: Walk, { state, subject }: Said): boolean =>
  state === 'approved' && subject.isPublic(site.ports.clock())

const send = (walk: Walk, path: string, form: Record<string, string>): Promise<Response> =>
  walk.site.call('POST', path, new URLSearchParams(form).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    Accept: 'application/json',
    'CF-Connecting-IP': `2001:db8:0:${walk.said.length.toString(16)}::1`,
  })

async function write(walk: Walk, of: number, held: boolean, to: number): Promise<void> {
  const subject = one(walk.subjects, of) as Subject
  const path = `/${commentsPath(subject.slug)}/new`
  const given = await walk.site.get(path, { Accept: 'application/json' })
  if (given.status !== 200) return void (await given.text())
  const { form } = await given.json<{ form: string }>()
  walk.site.wait(4000)
  const at = walk.said.length
  const answered = one(
    walk.said.filter((said) => said.subject === subject && isShown(walk, said)),
    to,
  )
  const response = await send(walk, path, {
    ...{ form, name: `Nom${at}fin`, ...(answered && to % 2 === 0 && { parent: answered.id }) },
    text: `Mot${at}fin ${held ? 'https://a.example https://b.example https://c.example' : ''}`,
  })
  if (response.status !== 201) return void (await response.text())
  const { id, token } = await response.json<{ id: string; token: string }>()
  const state = held || subject.fields.comments === 'all-held' ? 'pending' : 'approved'
  walk.said.push({ id, token, subject, state })
}

async function perform(walk: Walk, step: Step): Promise<void> {
  const said = 'of' in step ? one(walk.said, step.of) : undefined
  if (step.do === 'write') await write(walk, step.of, step.held, step.to)
  else if (step.do === 'decide' && said) {
    const path = '/api/comments'
    const { status } = await walk.site.call('POST', path, { ids: [said.id], state: step.state })
    expect(status).toBe(200)
    if (said.state !== 'deleted') said.state = step.state
  } else if (step.do === 'edit' && said) {
    const text = `Mot${walk.said.indexOf(said)}fin corrigé`
    const form = { action: step.action, token: said.token, text }
    const response = await send(walk, `/comments/${said.id}/edit`, form)
    await response.text()
    if (response.ok && step.action === 'delete') said.state = 'deleted'
    // A change stays public where comments are open.
    else if (response.ok && said.subject.fields.comments === 'all-held') said.state = 'pending'
  } else if (step.do === 'report' && said) {
    await (await send(walk, `/comments/${said.id}/report`, { reason: 'spam', text: '' })).text()
  } else if (step.do === 'save') await saves[step.as]?.(walk, one(walk.subjects, step.of) as Subject)
  else if (step.do === 'wait') walk.site.wait(step.seconds * 1000)
  else if (step.do === 'restored') await moveOn(walk.site.ports.publishing, walk.site.ports.backups)
}

/** Every address that could show a comment, under present and former slugs. */
function addresses({ subjects, said }: Walk): string[] {
  const slugs = subjects.flatMap(({ slug, id }) => [...new Set([slug, id.slice(-2)])])
  const feeds = formatNames.flatMap((format) => [
    `/comments/feed.${format}`,
    ...slugs.map((slug) => `/${commentsPath(slug)}/feed.${format}`),
  ])
  const pages = slugs.flatMap((slug) => [
    `/articles/${slug}`,
    `/articles/${slug}.json`,
    `/${commentsPath(slug)}.json`,
    ...threadOrders.map((order) => `/${commentsPath(slug)}${order === 'newest' ? '' : `?order=${order}`}`),
    ...said.flatMap(({ id }) => [
      `/${commentsPath(slug)}?comment=${id}`,
      `/${commentsPath(slug)}/new?reply=${id}`,
    ]),
  ])
  return [...feeds, ...pages, ...said.flatMap(({ id }) => [`/comments/${id}/report`, `/comments/${id}/edit`])]
}

const numbersIn = (text: string): number[] =>
  [...new Set([...text.matchAll(/(?:Mot|Nom)(\d+)fin/g)].map(([, found]) => Number(found)))].sort(
    (a, b) => a - b,
  )

async function look(walk: Walk): Promise<void> {
  const { site, said, former } = walk
  const shown = new Set(said.flatMap((one, at) => (isShown(walk, one) ? [at] : [])))
  const exposed: string[] = []
  const judge = (where: string, text: string) => {
    for (const at of numbersIn(text))
      if (!shown.has(at)) exposed.push(`${where} shows ${at}, ${said[at]?.state}`)
  }
  for (const path of addresses(walk)) {
    const answer = await site.get(path)
    judge(path, await answer.text())
    const etag = answer.headers.get('ETag')
    if (!/feed\./.test(path) || answer.status !== 200 || !etag) continue
    const known = former.get(path)
    if (known === undefined) former.set(path, etag)
    else
      judge(
        `the delta of ${path}`,
        await (await site.get(path, { 'If-None-Match': known, 'A-IM': 'feed' })).text(),
      )
  }
  await site.sweep()
  const deliveries = site.deliveries()
  for (const call of deliveries.slice(walk.looked)) judge(`a delivery to ${call.url}`, textOf(call))
  walk.looked = deliveries.length
  expect(exposed).toEqual([])
  for (const subject of walk.subjects) {
    const own = said.flatMap((one, at) => (one.subject === subject && shown.has(at) ? [at] : []))
    const data = await site.get(`/${commentsPath(subject.slug)}?order=oldest`)
    expect([numbersIn(await data.text()), data.status === 200], subject.id).toEqual([
      own,
      subject.isPublic(site.ports.clock()),
    ])
  }
}

async function live(list: readonly Step[]): Promise<number> {
  await emptyDatabase()
  await prepareDatabase()
  const { SUBSCRIPTION_SECRET } = mailSettings
  const site = await openHub({
    COMMENTS: 'open',
    SUBSCRIPTION_SECRET,
    API_TOKENS: `tests:admin:${await hashOf(token)}`,
  })
  const subjects = ['un', 'de'].map(
    (slug): Subject => ({
      ...{ id: `tag:kiosque.example,2024:${slug}`, slug, fields: {} },
      isPublic: () => true,
    }),
  )
  const walk: Walk = { site, subjects, said: [], looked: 0, former: new Map() }
  for (const subject of subjects) await saved(walk, subject, {})
  site.wait(2000)
  for (const path of [
    '/comments/feed.json',
    `/${commentsPath('un')}/feed.atom`,
    `/${commentsPath('de')}/feed.rss`,
  ])
    await site.subscribe(path, `https://reader.example/${encodeURIComponent(path)}`)
  for (const step of list) {
    await perform(walk, step)
    site.wait(2000)
    await look(walk)
  }
  return walk.said.length
}

test('law: in whatever order people write, decide and save, nothing shows a comment that is not public, and the page shows all others', async () => {
  let written = 0
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 8, maxLength: 16 }), async (list) => {
      written += await live(list)
    }),
    { numRuns: examples(8), endOnFailure: true },
  )
  expect(written).toBeGreaterThan(10)
})
