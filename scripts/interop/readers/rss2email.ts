import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Format } from '../../../src/domain/format.ts'
import { succeeds } from '../part.ts'
import { type Reader, runProgram, type Shown } from './reader.ts'

const reason = 'It sends one mail for an article, and cannot take it back or send it again.'

/** rss2email, which here puts its mails into a maildir for each feed. */
export const rss2email: Reader = {
  name: 'rss2email',
  checks: 'no life cycle is checked with it',
  install: 'apt-get install -y --no-install-recommends rss2email',
  isInstalled: () => succeeds('r2e', ['--version']),
  formats: ['rss', 'atom'],
  readsDeltas: false,
  keeps: { title: reason, text: reason, link: reason, author: reason, tags: reason, withdrawal: reason },
  open: async (folder, addresses) => {
    const config = join(folder, 'rss2email.cfg')
    writeFileSync(config, configOf(folder, addresses))
    for (const format of addresses.keys())
      for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(folder, format, part), { recursive: true })
    const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder }
    return {
      poll: async () => {
        await runProgram('r2e', ['-c', config, '-d', join(folder, 'rss2email.json'), 'run'], env)
      },
      shown: async (format) =>
        JSON.parse(
          await runProgram('python3', [join(import.meta.dirname, 'read_maildir.py'), join(folder, format)]),
        ) as Shown[],
      close: async () => {},
    }
  },
}

const configOf = (folder: string, addresses: ReadonlyMap<Format, string>): string =>
  [
    '[DEFAULT]',
    'to = reader@reader.example',
    'from = rss2email@reader.example',
    'email-protocol = maildir',
    `maildir-path = ${folder}`,
    'name-format = {author}',
    'body-width = 0',
    ...[...addresses].flatMap(([format, url]) => [
      `[feed.${format}]`,
      `url = ${url}`,
      `maildir-mailbox = ${format}`,
    ]),
    '',
  ].join('\n')
