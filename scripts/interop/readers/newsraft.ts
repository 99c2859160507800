import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatNames } from '../../../src/domain/format.ts'
import { succeeds } from '../part.ts'
import { type Reader, rowsOf, runProgram, textIn } from './reader.ts'

/** Newsraft, which stores articles in an SQLite database and replaces an article whose text has changed. */
export const newsraft: Reader = {
  name: 'newsraft',
  checks: 'no life cycle is checked with it',
  install: 'apt-get install -y --no-install-recommends newsraft, where Debian has it',
  isInstalled: () => succeeds('newsraft', ['-v']),
  formats: formatNames,
  readsDeltas: true,
  keeps: {
    allButText: 'It replaces an article only if its text has changed (insert-item-data.c).',
    withdrawal: 'It deletes no article that the feed no longer has.',
  },
  open: async (folder, addresses) => {
    const [feeds, config, database] = ['feeds', 'config', 'newsraft.sqlite3'].map((name) =>
      join(folder, name),
    ) as [string, string, string]
    writeFileSync(feeds, [...addresses.values(), ''].join('\n'))
    writeFileSync(config, '')
    return {
      poll: async () => {
        await runProgram('newsraft', ['-f', feeds, '-c', config, '-d', database, '-e', 'reload-all'])
      },
      shown: (format) =>
        rowsOf(
          database,
          'SELECT guid, title, link, content, persons, extras FROM items WHERE feed_url = ?',
          addresses.get(format) ?? '',
        ).map(({ guid = '', title = '', link = '', content = '', persons = '', extras = '' }) => ({
          id: guid,
          title,
          link,
          text: textIn(valuesIn(content, 'text').join(' ')),
          author: valuesIn(persons, 'name').join(', '),
          // It does not read the tags of JSON Feed.
          ...(format !== 'json' && { tags: valuesIn(extras, 'category') }),
        })),
      close: async () => {},
    }
  },
}

/** The values of one name in a list as Newsraft stores it: the control character 31 begins each `name=value`. */
const valuesIn = (list: string, name: string): string[] =>
  list
    .split('\x1f')
    .filter((field) => field.startsWith(`${name}=`))
    .map((field) => field.slice(name.length + 1))
