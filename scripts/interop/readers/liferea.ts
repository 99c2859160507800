import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Format } from '../../../src/domain/format.ts'
import { type ProcessGroup, startGroup } from '../../process-group.ts'
import { succeeds } from '../part.ts'
import { pollSeconds, type Reader, rowsOf, runProgram, textIn } from './reader.ts'

const programs: [program: string, option: string][] = [
  ['liferea', '--version'],
  ['xvfb-run', '--help'],
  ['dbus-daemon', '--version'],
]

const reason = 'It never changes an article that it has stored: it compares ids alone (itemset.c).'

/**
 * Liferea, which runs during the whole life cycle on a display and a D-Bus of its own, because it forgets its
 * entity-tags when it ends. D-Bus tells it to poll.
 */
export const liferea: Reader = {
  name: 'liferea',
  checks: 'no life cycle is checked with it',
  install: 'apt-get install -y --no-install-recommends liferea xvfb xauth dbus',
  isInstalled: () => programs.every(([program, option]) => succeeds(program, [option])),
  formats: ['rss', 'atom'],
  readsDeltas: true,
  isSlow: true,
  keeps: {
    title: reason,
    text: reason,
    link: reason,
    author: reason,
    tags: reason,
    withdrawal: 'It keeps articles that the feed no longer has, up to a number for each feed.',
  },
  open: async (folder, addresses) => {
    const env = environmentIn(folder)
    writeFileSync(join(folder, 'config', 'liferea', 'feedlist.opml'), feedListOf(addresses))
    const bus = startGroup('dbus-daemon', [`--config-file=${busIn(folder, env)}`, '--nofork'], {
      env,
      stdio: 'ignore',
    })
    const program = startGroup('xvfb-run', ['-a', 'liferea'], { env, stdio: 'ignore' })
    const close = async () => {
      program.signal('SIGTERM')
      await Promise.race([program.ended(), pause(5000)])
      program.forget()
      bus.forget()
    }
    try {
      await ready(program, env)
    } catch (fault) {
      await close()
      throw fault
    }
    return {
      poll: async () => {
        await call('Refresh', env)
      },
      shown: (format) =>
        rowsOf(
          join(folder, 'data', 'liferea', 'liferea.db'),
          `SELECT title, source, source_id, description,
            (SELECT value FROM metadata WHERE metadata.item_id = items.item_id AND key IN ('author', 'creator')) AS author,
            (SELECT json_group_array(value) FROM metadata WHERE metadata.item_id = items.item_id AND key = 'category') AS tags
           FROM items WHERE node_id = ?`,
          format,
        ).map(({ title = '', source = '', source_id = '', description = '', author = '', tags = '[]' }) => ({
          id: source_id,
          title,
          link: source,
          text: textIn(description),
          author,
          // Liferea escapes the tags of Atom, and shows all tags as HTML.
          tags: (JSON.parse(tags) as string[]).map(textIn),
        })),
      close,
    }
  },
}

/** The environment in which Liferea uses only folders of its own, no settings of the user, and no sandbox. */
function environmentIn(folder: string): NodeJS.ProcessEnv {
  const own = Object.fromEntries(
    ['config', 'data', 'cache', 'run'].map((name) => [name, join(folder, name)] as const),
  )
  for (const path of Object.values(own)) mkdirSync(path, { mode: 0o700 })
  mkdirSync(join(folder, 'config', 'liferea'))
  return {
    ...process.env,
    HOME: folder,
    XDG_CONFIG_HOME: own.config,
    XDG_DATA_HOME: own.data,
    XDG_CACHE_HOME: own.cache,
    XDG_RUNTIME_DIR: own.run,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'run', 'bus')}`,
    GSETTINGS_BACKEND: 'memory',
    NO_AT_BRIDGE: '1',
    LC_ALL: 'C.UTF-8',
    // WebKit's sandbox needs rights that a container may lack; what is shown here is our own.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  }
}

/**
 * Writes the settings of a D-Bus that starts no service, and returns the file. Services of the desktop, which are installed on some
 * machines, would mount file systems in the folder.
 */
function busIn(folder: string, { DBUS_SESSION_BUS_ADDRESS }: NodeJS.ProcessEnv): string {
  const file = join(folder, 'bus.conf')
  writeFileSync(
    file,
    `<busconfig><type>session</type><listen>${DBUS_SESSION_BUS_ADDRESS}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  )
  return file
}

/** Liferea's list of feeds. The name of the format is the id of the feed in the database. */
const feedListOf = (addresses: ReadonlyMap<Format, string>): string => `<?xml version="1.0"?>
<opml version="1.0"><head/><body>
${[...addresses]
  .map(
    ([format, url]) =>
      `<outline id="${format}" text="${format}" type="rss" xmlUrl="${url}" updateInterval="-2"/>`,
  )
  .join('\n')}
</body></opml>
`

/** Waits until Liferea answers on D-Bus. */
async function ready({ failed }: ProcessGroup, env: NodeJS.ProcessEnv): Promise<void> {
  const latest = Date.now() + pollSeconds * 1000
  for (;;) {
    const fault = await call('Ping', env).then(
      () => undefined,
      (reason: Error) => reason,
    )
    if (fault === undefined) return
    if (Date.now() > latest) throw fault
    await Promise.race([pause(200), failed])
  }
}

const call = (method: string, env: NodeJS.ProcessEnv): Promise<string> =>
  runProgram(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.gnome.feed.Reader',
      '/org/gnome/feed/Reader',
      `org.gnome.feed.Reader.${method}`,
    ],
    env,
  )
