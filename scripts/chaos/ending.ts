import { setTimeout as pause } from 'node:timers/promises'
import { maxRetryMilliseconds } from '../../src/hub/protocol/limits.ts'
import { verificationClaimMilliseconds } from '../../src/store/hub/verifications.ts'
import { authorized } from './calls.ts'
import type { Copy } from './edge.ts'
import { saveEverywhere } from './editors.ts'
import { type Held, hashOf } from './laws.ts'
import { type Found, shownIn } from './ledger.ts'
import { type Place, singlePlaces } from './places.ts'
import { read } from './readers.ts'
import { sectionName, sectionPath } from './renamer.ts'
import type { Run } from './run.ts'
import { type Answer, siteUrl, versionOf } from './site.ts'
import type { Subscriber } from './subscribers.ts'

/** Milliseconds for which the run waits at its end until every effect has arrived. */
const waitMilliseconds = 90_000

/** The Worker that answers at the end for the version of a Worker. */
const standIn = (worker: string): string => `${versionOf(worker)}1`

/**
 * Checks a site that nothing disturbs any more: every acknowledged save and rename is there, no copy at the edge
 * is out of date, and every subscriber has the last content. Both versions serve the site.
 */
export async function checkEnd(run: Run): Promise<void> {
  await checkAnswers(run)
  await checkArticles(run)
  await checkRenames(run)
  await checkCopies(run)
  await checkDeliveries(run)
}

/** Milliseconds after a save, or a change of the version in charge, until every answer of that version has a date. */
const datedMilliseconds = 3000

/** Reads every feed, page and sitemap twice from both versions; a reader's copy comes from either version. */
async function checkAnswers(run: Run): Promise<void> {
  // From a second after the last save on, answers have dates.
  await cronUntil(run, async () => false, datedMilliseconds)
  const copies = new Map<Place, Held>()
  for (const place of [...singlePlaces, ...singlePlaces]) {
    for (const worker of run.site.workers()) {
      const { etag, date } = copies.get(place) ?? {}
      await read(run, worker, place)
      const headers = {
        ...(etag !== undefined && { 'If-None-Match': etag }),
        ...(date !== undefined && { 'If-Modified-Since': date }),
      }
      const copy = await read(run, worker, place, copies.get(place), headers)
      if (copy) copies.set(place, copy)
    }
  }
}

async function checkArticles({ site, ledger, report }: Run): Promise<void> {
  for (const slug of ledger.slugs()) {
    const answer = await site.ask('a1', `/api/articles/${slug}`, { headers: authorized })
    const found = foundIn(answer)
    const allowed = ledger.allowed(slug)
    const isSame = (one: Found) => one?.number === found?.number && one?.status === found?.status
    if (!allowed.some(isSame))
      report.broken(
        'nothing acknowledged is lost',
        `article "${slug}" is ${JSON.stringify(found)} and may be ${JSON.stringify(allowed)}`,
        [answer],
      )
  }
}

function foundIn(answer: Answer | undefined): Found {
  if (answer?.status !== 200) return undefined
  const { title, status } = JSON.parse(answer.body) as { title: string; status: string }
  return { number: Number(/\d+/.exec(title)?.[0]), status }
}

async function checkRenames({ site, report, renamed }: Run): Promise<void> {
  const last = renamed.number
  for (const number of [...Array(last).keys()]) {
    const address = `/${sectionPath(number)}`
    const answer = await site.ask('a1', address)
    if (answer?.headers.get('Location') !== `${siteUrl}/${sectionPath(last)}`)
      report.broken('a renamed section redirects to its present address', address, [answer])
  }
  for (const slug of ['r-1', 'r-2']) {
    const answer = await site.ask('a1', `/api/articles/${slug}`, { headers: authorized })
    if (!answer?.body.includes(`"${sectionName(last)}"`))
      report.broken('a rename reaches every article of the section', `article "${slug}"`, [answer])
  }
}

/**
 * Runs cron in every Worker, and sets the clock ahead each time, until the condition is true or the time is over.
 * Returns whether the condition is true.
 */
async function cronUntil(run: Run, isDone: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const { site } = run
  const end = Date.now() + milliseconds
  while (!(await isDone())) {
    if (Date.now() > end) return false
    for (const worker of site.workers()) await site.ask(worker, '/chaos/cron', { method: 'POST' })
    await pause(1000)
    await site.goAhead(stepMilliseconds)
  }
  return true
}

/** How far the clock goes ahead with each run of cron: pauses then end sooner, but copies at the edge live on. */
const stepMilliseconds = 2000

/** What is not yet as it must be at the end, each with the answer that shows it. */
type Left = readonly (readonly [item: object, answer: Answer | undefined])[]

function reportLeft({ report }: Run, law: string, left: Left): void {
  const [first] = left
  if (first) report.broken(law, `${left.length} are left, the first: ${JSON.stringify(first[0])}`, [first[1]])
}

async function checkCopies(run: Run): Promise<void> {
  const { site, edge, tally } = run
  const outdated = async (): Promise<Left> => {
    const found: [Copy, Answer | undefined][] = []
    for (const copy of edge.copies(site.now())) {
      const answer = await site.ask(standIn(copy.worker), copy.address, { headers: copy.asked })
      tally.add('copies compared')
      if (answer?.status === 200 && hashOf(answer.body) === copy.hash) edge.drop(copy)
      else found.push([copy, answer])
    }
    return found
  }
  if (await cronUntil(run, async () => (await outdated()).length === 0, waitMilliseconds)) return
  reportLeft(run, 'no copy at the edge stays out of date', await outdated())
}

/** Milliseconds that are longer than every pause of the hub after a failed delivery. */
const hubPauseMilliseconds = maxRetryMilliseconds + 3_600_000

/** How many times the hub's pauses are skipped, and how long the run waits each time for the deliveries. */
const maxPauses = 3
const deliveryMilliseconds = 15_000

async function checkDeliveries(run: Run): Promise<void> {
  const { site, subscribers } = run
  subscribers.acceptAll()
  await finishVerifications(run)
  await saveEverywhere(run)
  const waiting = async (): Promise<Left> => {
    const found: [Subscriber, Answer | undefined][] = []
    for (const subscriber of subscribers.all()) {
      const answer = await site.ask('a1', subscriber.topic)
      const numbers = shownIn(answer?.body ?? '').titles.join()
      if (answer?.status !== 200 || numbers !== subscriber.shown.titles.join())
        found.push([subscriber, answer])
    }
    return found
  }
  for (let pauses = 0; ; pauses++) {
    if (await cronUntil(run, async () => (await waiting()).length === 0, deliveryMilliseconds)) return
    if (pauses === maxPauses) break
    await site.goAhead(hubPauseMilliseconds)
  }
  reportLeft(run, 'every subscriber gets the last content of its topic', await waiting())
}

/**
 * Waits until no subscription request waits for its verification. The hub deletes a request that waits for an hour,
 * and the pauses that are skipped afterwards are longer than that.
 */
async function finishVerifications(run: Run): Promise<void> {
  // A job that was killed keeps its claim.
  await run.site.goAhead(verificationClaimMilliseconds)
  let answer: Answer | undefined
  const isDone = async () => {
    answer = await run.site.ask('a1', '/api/hub', { headers: authorized })
    return answer?.status === 200 && JSON.parse(answer.body).verifications === 0
  }
  if (!(await cronUntil(run, isDone, waitMilliseconds)))
    run.report.broken('every subscription request is verified', '/api/hub', [answer])
}
