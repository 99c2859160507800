import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { scripts } from '../../package.json'
import { deploy, type Run } from '../../src/cli/deploy.ts'

const migrations = ['0001_a.sql', '0002_b.sql', '0003_c.sql']

/** A Cloudflare account as wrangler sees it. `cli/deploy-wrangler.test.ts` checks that wrangler answers like this. */
interface Account {
  loggedIn?: false
  /** The migrations in the database; without this list, the database does not exist. */
  applied?: string[]
  /** The id of the database of the Worker; without it, the Worker does not exist. */
  bound?: string
  /** The command that fails, by its first words, or the migration that fails. */
  failing?: string
  /** Lets the failing migration end with the exit code 0, as if a person had refused it. */
  silent?: true
}

const ok = (stdout = ''): Run => ({ status: 0, stdout, stderr: '' })
const failed = (text: string, json = false): Run => ({
  status: 1,
  stdout: json ? `\n{\n  "error": {\n    "text": ${JSON.stringify(text)}\n  }\n}\n` : '',
  stderr: json
    ? ''
    : `\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1m${text}\u001b[0m\n`,
})
const notLoggedIn =
  "In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN environment variable for wrangler to work."
const notFound =
  "Couldn't find an auto-provisioned D1 DB named 'kiosque-db' for binding 'DB'. Run 'wrangler deploy' to provision it, or add 'database_name' / 'database_id' to your config."

function openDatabase(applied: readonly string[]): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE site (charged INTEGER); INSERT INTO site VALUES (9)')
  if (applied.length > 0) apply(database, applied)
  return database
}

function apply(database: DatabaseSync, names: readonly string[]): void {
  database.exec('CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY, name TEXT)')
  for (const name of names) database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name)
}

/** A wrangler for the account, which notes the commands that change something. */
function wranglerOf(account: Account) {
  const done: string[] = []
  const asked: string[][] = []
  let database = account.applied && openDatabase(account.applied)
  const run = (words: readonly string[]): Run => {
    const command = words.slice(0, words[0] === 'deploy' ? 1 : 2).join(' ')
    const fails = account.failing !== undefined && command.startsWith(account.failing)
    if (command === 'deploy') {
      done.push(words.join(' '))
      if (fails) return failed('A request to the Cloudflare API failed.')
      if (!words.includes('--dry-run')) database ??= openDatabase([])
      return ok()
    }
    if (account.loggedIn === false) return failed(notLoggedIn, command === 'd1 execute')
    if (command === 'deployments status')
      return account.bound
        ? ok('{ "versions": [{ "version_id": "v1", "percentage": 100 }] }')
        : failed(
            'A request to the Cloudflare API failed.\n  This Worker does not exist on your account. [code: 10007]',
          )
    if (command === 'versions view')
      return ok(JSON.stringify({ resources: { bindings: [{ type: 'd1', name: 'DB', id: account.bound }] } }))
    if (!database) return failed(notFound, command === 'd1 execute')
    if (command === 'd1 migrations') {
      const present = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'd1_migrations'").get()
        ? database
            .prepare('SELECT name FROM d1_migrations')
            .all()
            .map(({ name }) => name)
        : []
      const missing = migrations.filter((name) => !present.includes(name))
      const stop = missing.indexOf(account.failing ?? '')
      apply(database, stop === -1 ? missing : missing.slice(0, stop))
      done.push('migrate')
      return stop === -1 || account.silent ? ok() : failed('near "BROKEN": syntax error: SQLITE_ERROR')
    }
    const sql = words.at(-1) ?? ''
    if (fails && sql.startsWith('UPDATE')) return failed('D1 is overloaded', true)
    if (sql.startsWith('UPDATE')) {
      done.push('charge')
      database.exec(sql)
      return ok('[{ "results": [], "success": true }]')
    }
    return ok(JSON.stringify([{ results: database.prepare(sql).all(), success: true }]))
  }
  const wrangler = (words: readonly string[]): Run => {
    asked.push([...words])
    return run(words)
  }
  return {
    wrangler,
    done,
    asked,
    charged: () => database?.prepare('SELECT charged FROM site').get()?.charged,
  }
}

/** Deploys into the account; returns what was done, what was said, and the message of the error, if there is one. */
function deployInto(account: Account, passed: string[] = []) {
  const fake = wranglerOf(account)
  const said: string[] = []
  let error = ''
  try {
    deploy(passed, { wrangler: fake.wrangler, migrations, say: (line) => said.push(line) })
  } catch (fault) {
    error = (fault as Error).message
  }
  return { ...fake, said: said.join('\n'), error }
}

const some = ['0001_a.sql', '0002_b.sql']

/** Deployments that succeed: what is in the account, what is done in order, and what is said. */
const deployments: [what: string, account: Account, done: string[], said: RegExp][] = [
  [
    'first',
    {},
    ['deploy', 'migrate', 'charge'],
    /first deployment.*creates the database.*Applying .*: 0001_a.*SITE_URL/s,
  ],
  [
    'first, repeated after it stopped halfway',
    { applied: [] },
    ['migrate', 'deploy', 'charge'],
    /Applying .*: 0001_a.sql, 0002_b.sql, 0003_c.sql\./,
  ],
  ['upgrade', { applied: some }, ['migrate', 'deploy', 'charge'], /Applying .*: 0003_c\.sql\..*Deploying/s],
  ['upgrade without migrations', { applied: migrations }, ['deploy', 'charge'], /has all migrations/],
  [
    'rollback',
    { applied: [...migrations, '0004_d.sql'] },
    ['deploy', 'charge'],
    /keeps.*newer.*: 0004_d\.sql\./,
  ],
  [
    'a fork with a migration of its own',
    { applied: ['0001_a.sql', '0002_own.sql'] },
    ['migrate', 'deploy', 'charge'],
    /Applying .*: 0002_b.sql, 0003_c.sql\./,
  ],
]

/** Deployments that fail: what is in the account, what is done before the failure, and the message. */
const failures: [what: string, account: Account, done: string[], message: RegExp][] = [
  [
    'not logged in',
    { loggedIn: false, applied: some },
    [],
    /^Cannot deploy: .*nothing was changed.*wrangler login/s,
  ],
  [
    'a migration fails',
    { applied: some, failing: '0003_c.sql' },
    ['migrate'],
    /: 0003_c\.sql\n.*near "BROKEN"/,
  ],
  [
    'a migration is not applied, and wrangler reports no error',
    { applied: ['0001_a.sql'], failing: '0003_c.sql', silent: true },
    ['migrate'],
    /these migrations failed.*: 0003_c\.sql/,
  ],
  ['the first migration fails', { failing: '0001_a.sql' }, ['deploy', 'migrate'], /failed.*: 0001_a/],
  [
    'wrangler deploy fails',
    { applied: some, failing: 'deploy' },
    ['migrate', 'deploy'],
    /`wrangler deploy` failed/,
  ],
  ['the first wrangler deploy fails', { failing: 'deploy' }, ['deploy'], /`wrangler deploy` failed/],
  [
    'the database is refused',
    { applied: migrations, failing: 'd1 execute' },
    ['deploy'],
    /The Worker is deployed, but .*D1 is overloaded.*within two minutes/s,
  ],
  [
    'the Worker has a database that wrangler.toml does not name',
    { bound: '1b2c' },
    [],
    /wrangler\.toml.*database_id = "1b2c"/,
  ],
]

describe('npm run deploy', () => {
  test.for(deployments)('%s', ([, account, done, said]) => {
    const deployed = deployInto(account)
    expect(deployed.error).toBe('')
    expect(deployed.done).toEqual(done)
    expect(deployed.said).toMatch(said)
    expect(deployed.charged(), 'the next cron run may change the version in charge').toBe(0)
  })

  test.for(failures)('%s', ([, account, done, message]) => {
    const deployed = deployInto(account)
    expect(deployed.error).toMatch(message)
    expect(deployed.done).toEqual(done)
    expect(deployed.charged()).not.toBe(0)
  })

  test('reminds of `npx kiosque restored` unless the database is new', () => {
    expect(deployInto({ applied: some }).said).toContain('time-travel`, also run `npx kiosque restored`')
    expect(deployInto({}).said).not.toContain('restored')
  })

  test('an argument goes to wrangler deploy, and to all commands if it names the place', () => {
    const { asked } = deployInto({ applied: some }, [
      '-e',
      'staging',
      '--var',
      'A:B',
      '--config=w.toml',
      '--env-file',
      'x',
      '--temporary',
    ])
    const deployed = asked.filter(([command]) => command === 'deploy')
    expect(deployed).toEqual([
      ['deploy', '-e', 'staging', '--var', 'A:B', '--config=w.toml', '--env-file', 'x', '--temporary'],
    ])
    const others = asked.filter(([command]) => command !== 'deploy')
    expect(others.length).toBeGreaterThan(4)
    for (const words of others) {
      expect(words, words.join(' ')).toEqual(
        expect.arrayContaining(['--env=staging', '--config=w.toml', '--env-file=x', '--temporary']),
      )
      expect(words, words.join(' ')).not.toContain('--var')
    }
  })

  test.for(['--dry-run', '--help', '-h'])('%s changes nothing', (word) => {
    const { asked, error } = deployInto({ applied: some }, [word])
    expect({ asked, error }).toEqual({ asked: [['deploy', word]], error: '' })
  })

  test.for([['--name', 'other'], ['--name=other']])('%s is refused', (passed) => {
    const { asked, error } = deployInto({ applied: some }, passed)
    expect(asked).toEqual([])
    expect(error).toMatch(/^Cannot deploy: --name .*wrangler\.toml/)
  })

  test('is the script of that name', () => {
    expect(scripts.deploy).toMatch(/ scripts\/deploy\.ts$/)
  })
})
