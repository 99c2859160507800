import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { succeeds } from '../part.ts'
import { type Reader, rowsOf, runProgram, textIn } from './reader.ts'

/**
 * Newsboat, which stores articles in an SQLite database and replaces the fields of an article that has changed. It
 * knows an article by the id alone, whatever feed it is in, so each format has a database of its own here.
 */
export const newsboat: Reader = {
  name: 'newsboat',
  checks: 'no life cycle is checked with it',
  install: 'apt-get install -y --no-install-recommends newsboat',
  isInstalled: () => succeeds('newsboat', ['-v']),
  formats: ['rss', 'atom'],
  readsDeltas: true,
  keeps: { withdrawal: 'It deletes an article only if a person does.' },
  open: async (folder, addresses) => {
    const config = join(folder, 'config')
    writeFileSync(config, '')
    for (const [format, address] of addresses) writeFileSync(join(folder, `${format}.urls`), `${address}\n`)
    return {
      poll: async () => {
        for (const format of addresses.keys()) {
          const [urls, cache] = [join(folder, `${format}.urls`), join(folder, `${format}.db`)]
          await runProgram('newsboat', ['-u', urls, '-c', cache, '-C', config, '-x', 'reload'])
        }
      },
      shown: (format) =>
        rowsOf(
          join(folder, `${format}.db`),
          'SELECT guid, title, url, author, content FROM rss_item WHERE deleted = 0',
        ).map(({ guid = '', title = '', url = '', author = '', content = '' }) => ({
          id: guid,
          title,
          link: url,
          text: textIn(content),
          author,
        })),
      close: async () => {},
    }
  },
}
