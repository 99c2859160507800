import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../bench/build.ts'
import { save } from '../bench/client.ts'
import { run } from '../bench/worker.ts'
import { migrate } from '../src/cli/migrate.ts'
import { measureCost } from './worst-inputs/cost.ts'
import {
  addresses,
  id,
  type Question,
  questions,
  sharePages,
  siteKeys,
  slug,
} from './worst-inputs/questions.ts'

/**
 * Asks a built Worker for every public address with the worst inputs that it accepts, each of which it has never had
 * before, and prints the CPU time of each kind of request as soon as it is measured. Nothing is subtracted. Exits with
 * 1 if a target is missed.
 */

/** The largest CPU time of a request of a stranger, and of a request for share links of 100 pages. */
const maxMilliseconds = 5
const maxShareMilliseconds = 300

const { values } = parseArgs({
  options: {
    /** Only kinds of requests whose name contains this text. */
    only: { type: 'string', default: '' },
    articles: { type: 'string', default: '25' },
    /** The size of each article's HTML in thousands of characters. */
    kilocharacters: { type: 'string', default: '30' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'kiosque-worst-inputs-'))
migrate(folder)
/** Mail is on, nothing listens at the mail server's address, and the cap of confirmations is soon reached, as in an attack. */
const bindings = {
  SMTP_URL: 'smtps://user:password@localhost:1',
  MAIL_FROM: 'infolettre@kiosque.example',
  MAIL_CAP: '1',
  SITE_POSTAL: '12, rue du Marché, Montréal',
  VAPID_KEYS: `${siteKeys.publicKey}.${siteKeys.privateKey}`,
  SUBSCRIPTION_SECRET: 'a-secret-of-the-script-of-32-characters',
}
const worker = await run(await build('src/index.ts'), folder, { bindings })
try {
  await publish()
  process.exitCode = (await main()) ? 0 : 1
} finally {
  await worker.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Saves the articles, and waits until no `Last-Modified` date is still to come. */
async function publish(): Promise<void> {
  const paragraph = `<p>${'Le gouvernement précise « sa position » à Montréal. '.repeat(12)}</p>`
  const html = paragraph.repeat(Math.ceil((Number(values.kilocharacters) * 1000) / paragraph.length))
  for (let at = 0; at < Number(values.articles); at++) {
    await save(worker.address, {
      ...{ slug: at === 0 ? slug : `article-${at}`, title: `Un titre ${at}`, html },
      ...(at === 0 && { id }),
      ...{ section: 'Monde', tags: ['Été'], authors: [{ name: 'La rédaction' }] },
      published: `2024-06-${String(1 + (at % 28)).padStart(2, '0')}T12:00:00Z`,
    } as Parameters<typeof save>[1])
  }
  await new Promise((done) => setTimeout(done, 2500))
}

type Kind = readonly [what: string, question: (at: number) => Question]

async function main(): Promise<boolean> {
  console.log('CPU milliseconds of workerd for a request\n')
  const comparisons: Kind[] = [
    ['the same small address again and again (/robots.txt), for comparison', () => ({ path: '/robots.txt' })],
    ['/feed.rss from memory, for comparison: its bytes are sent', () => ({ path: '/feed.rss' })],
  ]
  for (const kind of comparisons) await measure(kind, Number.POSITIVE_INFINITY)
  const chosen = (kinds: readonly Kind[]): Kind[] => kinds.filter(([what]) => what.includes(values.only))
  console.log(`\nInputs that a stranger can vary without limit; target ${maxMilliseconds}`)
  const missed: string[] = []
  for (const kind of chosen(questions)) if (!(await measure(kind, maxMilliseconds))) missed.push(kind[0])
  console.log(`\nThe largest requests for share links; target ${maxShareMilliseconds}`)
  for (const kind of chosen(sharePages)) {
    if (!(await measure(kind, maxShareMilliseconds))) missed.push(kind[0])
  }
  const load = loadavg().map((one) => one.toFixed(1))
  console.log(`\n${addresses.length} addresses, ${chosen(questions).length} kinds of requests of strangers`)
  console.log(`load average ${load.join(' ')}; ${missed.length} above their target`)
  for (const what of missed) console.log(`  ${what}`)
  return missed.length === 0
}

/** Measures and prints one kind of request; returns whether it costs at most `max` milliseconds. */
async function measure([what, question]: Kind, max: number): Promise<boolean> {
  const { milliseconds, uncertainty } = await measureCost(worker, question, max)
  const isMet = milliseconds <= max
  const mark = isMet ? '      ' : 'MISSED'
  console.log(`${milliseconds.toFixed(2).padStart(8)} ±${uncertainty.toFixed(2)}  ${mark}  ${what}`)
  return isMet
}
