import { setTimeout as pause } from 'node:timers/promises'
import { call } from './calls.ts'
import { fieldsOf, type Version } from './ledger.ts'
import { placesOf } from './places.ts'
import { read } from './readers.ts'
import type { Run } from './run.ts'

/** How many times, and with which probability, an editor repeats a request that got no answer. */
const patience = { tries: 6, again: 0.75 }

const sixHoursMilliseconds = 6 * 3_600_000
const firstPublished = Date.parse('2024-01-01T00:00:00Z')

/** The instant that is the given number of seconds after the next whole second, as the API stores no fractions. */
const after = ({ site }: Run, seconds: number): number => (Math.ceil(site.now() / 1000) + seconds) * 1000

/** A new version of an article with random fields. */
function anyVersion(run: Run, slug: string): Version {
  const { random, ledger, site } = run
  const number = ledger.nextNumber()
  const embargo = random.chance(0.15) ? after(run, random.between(1, 5)) : 0
  const place = random.chance(0.8) ? number : random.between(1, number)
  return {
    slug,
    number,
    status: random.chance(0.9) ? 'published' : random.pick(['draft', 'withdrawn']),
    syndicate: random.chance(0.85) ? 'full' : random.pick(['summary', 'none']),
    section: random.pick(['Monde', 'Culture']),
    tags: random.chance(0.6) ? ['Été'] : ['Hiver'],
    author: random.pick(['Kim', 'Léa']),
    published: firstPublished + place * sixHoursMilliseconds,
    embargo,
    expires: random.chance(0.07) ? Math.max(embargo, after(run, 0)) + random.between(1, 6) * 1000 : Infinity,
    begun: site.now(),
  }
}

/** Saves a version; returns whether the site acknowledged it. */
export async function save(run: Run, version: Version, how = patience): Promise<boolean> {
  const { ledger, site, report } = run
  version.begun = site.now()
  delete version.acknowledged
  ledger.add(version)
  const body = fieldsOf(version)
  const answer = await call(run, { method: 'PUT', address: `/api/articles/${version.slug}`, body }, how)
  if (!answer) return false
  if (answer.status >= 300)
    report.broken('a correct article is saved', `article "${version.slug}": ${answer.body}`, [answer])
  version.acknowledged = answer.ended
  return true
}

/** Saves a new version of an article that every topic with a subscriber shows. */
export async function saveEverywhere(run: Run): Promise<void> {
  const version: Version = {
    ...{ slug: 'z', number: run.ledger.nextNumber(), status: 'published', syndicate: 'full', author: 'Kim' },
    ...{ section: 'Monde', tags: ['Été'], published: Date.parse('2025-12-01T00:00:00Z') },
    ...{ embargo: 0, expires: Infinity, begun: run.site.now() },
  }
  await save(run, version)
}

/** Withdraws an article of which an earlier version may be stored. */
async function withdraw(run: Run, earlier: Version): Promise<void> {
  const { ledger, site, report, tally } = run
  const version: Version = { ...earlier, number: 0, status: 'withdrawn', begun: site.now() }
  delete version.acknowledged
  ledger.add(version)
  const address = `/api/articles/${earlier.slug}`
  const answer = await call(run, { method: 'DELETE', address }, patience)
  if (!answer) return
  // An article that was never public is deleted, so a repeated request, or one after an unsaved version, finds none.
  const isGone = answer.status === 404 && ledger.allowed(earlier.slug).includes(undefined)
  if (answer.status >= 300 && !isGone)
    report.broken('a stored article is withdrawn', `article "${earlier.slug}": ${answer.body}`, [answer])
  version.acknowledged = answer.ended
  tally.add('withdrawals')
}

/** An editor who saves and withdraws the same few articles again and again. */
export async function edit(run: Run, slugs: readonly string[]): Promise<void> {
  const { random, ledger } = run
  while (run.goesOn()) {
    await pause(random.between(20, 250))
    const slug = random.pick(slugs)
    const last = ledger.last(slug)
    if (last && random.chance(0.15)) await withdraw(run, last)
    else {
      const version = anyVersion(run, slug)
      const isMoved = !last || random.chance(0.5)
      await save(run, isMoved ? version : { ...version, published: last.published })
    }
  }
}

/** Milliseconds after which the edge keeps copies of a saved article. */
const settledMilliseconds = 1200

/**
 * An editor who changes each article once, and then never touches it again. So no later save makes up for an
 * effect that was lost: readers have the article's page and feed, the edge has copies of them, and some articles
 * have a subscriber.
 */
export async function changeOnce(run: Run, editor: string): Promise<void> {
  const { random, site, subscribers, ledger } = run
  for (let count = 1; run.goesOn(); count++) {
    const slug = `${editor}-${count}`
    const first: Version = { ...anyVersion(run, slug), status: 'published', embargo: 0, expires: Infinity }
    if (!(await save(run, first))) continue
    await pause(settledMilliseconds)
    for (const worker of site.workers()) for (const place of placesOf(slug)) await read(run, worker, place)
    const isUpdated = random.chance(0.6)
    if (isUpdated && random.chance(0.5)) await subscribers.subscribe(run, `/articles/${slug}/feed.atom`)
    if (!isUpdated) await withdraw(run, first)
    else
      await save(run, { ...first, number: ledger.nextNumber(), syndicate: random.pick(['full', 'summary']) })
  }
}
