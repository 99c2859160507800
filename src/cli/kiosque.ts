#!/usr/bin/env node
import { parseArgs } from 'node:util'
import type { Beside } from '../ingest/capture.ts'
import { importFiles } from './import.ts'
import { openTarget } from './target.ts'

const help = `Usage: npx kiosque import FILE… [options]

Saves articles: captures of pages (plain text) and articles as JSON (.json).
They go into the local store, through the local server where it runs.

  --to URL          save to a deployed Kiosque; its token in KIOSQUE_TOKEN
  --published DATE  2024-06-19 (noon UTC) or 2024-06-19T12:00:00Z
  --section NAME    such as Monde
  --url URL         where the article is read, when not on Kiosque's own page
  --language TAG    such as fr-CA; guessed when left out
  --slug SLUG       the article's place in addresses; made of the title when left out

What a capture cannot say may also stand beside it: page.txt, page.meta.json.
Exit code 1 when a file was refused; the others are saved all the same.
`

const text = { type: 'string' } as const

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: text,
      published: text,
      section: text,
      url: text,
      language: text,
      slug: text,
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [command, ...files] = positionals
  if (values.help || command === undefined || command === 'help') {
    process.stdout.write(help)
    return 0
  }
  if (command !== 'import') throw new Error(`Cannot run "${command}": the command is import`)
  if (files.length === 0) throw new Error('Cannot import: name at least one file')
  const { to, help: _, published, ...given } = values
  const beside: Beside = { ...given, ...(published !== undefined && { published: instantOf(published) }) }
  const target = await openTarget(to)
  try {
    const refused = await importFiles(files, beside, target, (file, reply) =>
      reply.ok
        ? console.log(`${reply.kind} ${reply.slug} (${file})`)
        : console.error(`refused ${file}: ${reply.reason}`),
    )
    return refused > 0 ? 1 : 0
  } finally {
    await target.close()
  }
}

/** A day alone is read as its noon in UTC: the same day in nearly every zone. */
const instantOf = (published: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(published) ? `${published}T12:00:00Z` : published

main().then(
  (code) => process.exit(code),
  (fault: Error) => {
    console.error(`${fault.message}\nSee: npx kiosque help`)
    process.exit(1)
  },
)
