import { setTimeout as pause } from 'node:timers/promises'
import { rfc3339 } from '../../../src/domain/instant.ts'
import type { Answer } from '../client.ts'
import { type Bench, type Check, feeds, shows } from './bench.ts'

/**
 * Milliseconds after an instant from which answers must show what is new. A Worker's clock stands still while it
 * computes, so it may be some milliseconds late.
 */
const slackMilliseconds = 50

/** Milliseconds until the change by time of a check: long enough for a copy that has a lifetime of some seconds. */
const untilChange = 7300

/** The instant of a change by time. Articles have instants in whole seconds. */
const soon = () => rfc3339(Math.ceil((Date.now() + untilChange) / 1000) * 1000)

type Watched = Answer & { path: string }

/** Asks for the addresses again and again until an instant, and returns the answers. */
async function watch(bench: Bench, paths: readonly string[], until: number): Promise<Watched[]> {
  const answers: Watched[] = []
  while (Date.now() < until) {
    for (const path of paths) answers.push({ path, ...(await bench.ask(path)) })
    await pause(40)
  }
  return answers
}

/** The addresses whose answers change when an article with the tag appears or disappears. */
function listings(bench: Bench): string[] {
  const month = rfc3339(Date.now()).slice(0, 7).replace('-', '/')
  return [...feeds(bench), `/tags/${bench.tag}`, `/tags/${bench.tag}/archive/${month}/1/feed.rss`]
}

/** The faults of answers that must contain an article only before, or only after, an instant. */
function lateIn(answers: readonly Watched[], name: string, at: number, when: 'before' | 'after') {
  const wrong = answers.filter((answer) => {
    if (answer.ended < at) return shows(answer, name) === (when === 'after')
    if (answer.sent >= at + slackMilliseconds) return shows(answer, name) === (when === 'before')
    return false
  })
  const paths = [...new Set(wrong.map(({ path }) => path))]
  return paths.map((path) => {
    const late = wrong.filter((answer) => answer.path === path).map(({ sent }) => sent - at)
    return `${path}: ${late.length} wrong answers, from ${Math.min(...late)} to ${Math.max(...late)} ms after the instant`
  })
}

/**
 * The faults of two series of answers: every answer of the first must contain an article, and none of the second that was
 * asked for at or after an instant.
 */
const goneFrom = (before: readonly Watched[], after: readonly Watched[], name: string, at: number) => [
  ...before.filter((answer) => !shows(answer, name)).map(({ path }) => `${path}: lacks the article`),
  ...lateIn(
    after.filter(({ sent }) => sent >= at),
    name,
    at,
    'before',
  ),
]

/** No answer shows an article under embargo before the embargo ends, and every answer shows it afterwards. */
export const embargo: Check = async (bench) => {
  await bench.publish('un')
  const end = soon()
  await bench.publish('cache', { embargo: end })
  const answers = await watch(bench, listings(bench), Date.parse(end) + 3000)
  return lateIn(answers, 'cache', Date.parse(end), 'after')
}

/** Every answer shows an article until it expires, and no answer afterwards. */
export const expiry: Check = async (bench) => {
  await bench.publish('un')
  const end = soon()
  await bench.publish('passe', { expires: end })
  const paths = [
    ...listings(bench),
    `/articles/${bench.tag}-passe`,
    `/articles/${bench.tag}-passe/share.json`,
  ]
  const answers = await watch(bench, paths, Date.parse(end) + 3000)
  return lateIn(answers, 'passe', Date.parse(end), 'before')
}

/**
 * The cache is not told of a withdrawal. It may use a copy for as long as the copy's own `max-age`, and no longer; a
 * change by time in another section makes this time short.
 */
export const withdrawal: Check = async (bench) => {
  const end = soon()
  await bench.publish('ailleurs', { embargo: end, tags: ['ailleurs'] })
  await bench.publish('un')
  await bench.publish('retire')
  const paths = listings(bench)
  const before = await watch(bench, paths, Date.now() + 500)
  await bench.withdraw('retire')
  const after = await watch(bench, paths, Date.parse(end) + 3000)
  return goneFrom(before, after, 'retire', Date.parse(end))
}

/** If the Worker is down when an article expires, the cache must not show its copy (RFC 9111 §5.2.2.2). */
export const downAtExpiry: Check = async (bench) => {
  await bench.publish('un')
  const end = soon()
  await bench.publish('passe', { expires: end })
  const paths = listings(bench)
  const before = await watch(bench, paths, Date.parse(end) - 2500)
  await bench.kill()
  const after = await watch(bench, paths, Date.parse(end) + 3000)
  return goneFrom(before, after, 'passe', Date.parse(end))
}
