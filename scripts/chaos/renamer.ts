import { setTimeout as pause } from 'node:timers/promises'
import { call } from './calls.ts'
import { save } from './editors.ts'
import type { Version } from './ledger.ts'
import type { Place } from './places.ts'
import { read } from './readers.ts'
import type { Run } from './run.ts'

/** The section with this number, which has no other articles than those of this file. */
export const sectionName = (number: number): string => `Rubrique ${number}`
export const sectionPath = (number: number): string => `sections/rubrique-${number}`

const slugs = ['r-1', 'r-2']

/** How often a request is repeated that has to be acknowledged in the end. */
const untilAnswered = { tries: Infinity, again: 1 }

/** Renames one section again and again. Each rename is repeated until the site acknowledges it. */
export async function renameAll(run: Run): Promise<void> {
  const { random, site, report, tally, renamed, ledger } = run
  for (const [at, slug] of slugs.entries()) {
    const version: Version = {
      ...{ slug, number: ledger.nextNumber(), status: 'published', syndicate: 'full', author: 'Léa' },
      ...{ section: sectionName(0), tags: ['Hiver'], published: Date.parse(`2023-12-0${at + 1}T00:00:00Z`) },
      ...{ embargo: 0, expires: Infinity, begun: site.now() },
    }
    await save(run, version, untilAnswered)
  }
  while (run.goesOn()) {
    await pause(random.between(1500, 4000))
    const { number } = renamed
    // The edge and readers get copies of the section's feed before the section moves.
    const place: Place = { address: `/${sectionPath(number)}/feed.rss` }
    for (const worker of site.workers()) await read(run, worker, place)
    const answer = await call(
      run,
      { method: 'PUT', address: `/api/${sectionPath(number)}`, body: { name: sectionName(number + 1) } },
      untilAnswered,
    )
    if (answer && answer.status !== 200)
      report.broken('a rename succeeds, also when it is repeated', `${sectionPath(number)}: ${answer.body}`, [
        answer,
      ])
    renamed.number++
    tally.add('renames')
  }
}
