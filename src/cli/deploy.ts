import { parseArgs, stripVTControlCharacters } from 'node:util'
import { allowChangeSql } from '../store/charge.ts'

/** The exit code of a run of wrangler, and its output; the output is empty if wrangler printed it itself. */
export interface Run {
  status: number
  stdout: string
  stderr: string
}

/** How wrangler runs: `read` returns its output; `shown` prints its output at once, and lets it ask questions. */
type How = 'read' | 'shown'

/** What a deployment needs: wrangler, the file names of this checkout's migrations, and a way to tell what happens. */
export interface DeployPorts {
  wrangler: (words: readonly string[], how: How) => Run
  migrations: readonly string[]
  say: (line: string) => void
}

/**
 * Deploys this checkout, whether it is the first deployment, an upgrade or a rollback; `passed` are further
 * arguments for `wrangler deploy`. The migrations are applied before the Worker is deployed, because the running
 * Worker also works on a newer database, but a Worker does not work on an older one. Only the first deployment
 * comes before its migrations, because it creates the database. Throws an error at the first step that fails.
 */
export function deploy(passed: readonly string[], ports: DeployPorts): void {
  const { wrangler, migrations, say } = ports
  if (changesNothing(passed)) {
    upload(passed, ports, 'Cannot deploy: `wrangler deploy` failed')
    return
  }
  const where = whereIn(passed)
  const applied = appliedMigrations(where, ports)
  if (applied) {
    migrate(where, ports, applied)
    const newer = applied.filter((name) => !migrations.includes(name))
    if (newer.length > 0)
      say(`The database keeps the migrations of a newer version, which only add: ${newer.join(', ')}.`)
    say('Deploying the Worker.')
    upload(
      passed,
      ports,
      'Cannot deploy: `wrangler deploy` failed; a version that ran before still runs, and works on this database. If the database already exists and no Worker has it, write its id (`npx wrangler d1 info DB`) as database_id into wrangler.toml.',
    )
  } else {
    refuseOtherDatabase(where, ports)
    say(
      'There is no database, so this is the first deployment. Deploying the Worker, which creates the database.',
    )
    upload(passed, ports, 'Cannot deploy: `wrangler deploy` failed')
    migrate(where, ports, appliedMigrations(where, ports) ?? [])
  }
  say('Letting the next cron run put this version in charge of dates.')
  const charged = wrangler([...inDatabase(where), '--command', allowChangeSql], 'read')
  if (charged.status !== 0)
    throw new Error(
      `The Worker is deployed, but this statement failed: ${allowChangeSql}: ${errorIn(charged)}\nCron puts this version in charge within two minutes all the same.`,
    )
  say(applied ? afterUpgrade : afterFirst)
}

const afterFirst =
  'Deployed. If SITE_URL or the token of the API is not set yet, docs/deploy.md shows how to set it.'
const afterUpgrade =
  'Deployed. If you have just restored the database with `wrangler d1 time-travel`, also run `npx kiosque restored`.'

/** Whether the arguments make `wrangler deploy` print or build something, and deploy nothing. */
const changesNothing = (passed: readonly string[]): boolean =>
  passed.some((word) => /^(--dry-run(=true)?|--help|-h)$/.test(word))

const text = { type: 'string' } as const
const optionsOfPlace = {
  env: { ...text, short: 'e' },
  config: { ...text, short: 'c' },
  cwd: text,
  profile: text,
  'env-file': { ...text, multiple: true },
} as const

/**
 * Returns those of the arguments that say which Worker of which account is meant. All commands of wrangler get
 * these arguments, so that the migrations reach the database of the Worker that is deployed.
 */
function whereIn(passed: readonly string[]): string[] {
  const { values } = parseArgs({
    args: [...passed],
    strict: false,
    allowPositionals: true,
    options: { ...optionsOfPlace, name: text, temporary: { type: 'boolean' } },
  })
  if (values.name !== undefined)
    throw new Error(
      'Cannot deploy: --name would deploy one Worker and migrate the database of another; write the name into wrangler.toml, or use --env',
    )
  const named = Object.keys(optionsOfPlace).flatMap((name) =>
    [values[name as keyof typeof optionsOfPlace] ?? []].flat().map((value) => `--${name}=${value}`),
  )
  return [...named, ...(values.temporary ? ['--temporary'] : [])]
}

/** Deploys the Worker; if this fails, throws an error with the given message. */
function upload(passed: readonly string[], { wrangler }: DeployPorts, message: string): void {
  if (wrangler(['deploy', ...passed], 'shown').status !== 0) throw new Error(message)
}

/**
 * Applies the migrations that the database lacks. Reads the database again afterwards, because wrangler also ends
 * with the exit code 0 after it has applied only some of the migrations.
 */
function migrate(where: readonly string[], ports: DeployPorts, applied: readonly string[]): void {
  const { wrangler, migrations, say } = ports
  const missing = migrations.filter((name) => !applied.includes(name))
  if (missing.length === 0) {
    say('The database has all migrations of this version.')
    return
  }
  say(`Applying these migrations to the database: ${missing.join(', ')}.`)
  const run = wrangler(['d1', 'migrations', 'apply', 'DB', '--remote', ...where], 'read')
  const now = run.status === 0 ? appliedMigrations(where, ports) : undefined
  const left = missing.filter((name) => !now?.includes(name))
  if (left.length === 0) return
  throw new Error(
    `Cannot deploy: these migrations failed, and nothing was deployed after them: ${left.join(', ')}\n${errorIn(run)}\nRepeat the command when the cause is removed.`,
  )
}

const inDatabase = (where: readonly string[]): string[] => [
  ...['d1', 'execute', 'DB', '--remote', '--json'],
  ...where,
]

/**
 * Returns the names of the migrations that the database contains; undefined if the database does not exist.
 * Wrangler itself finds the database, in the same way as when it applies migrations: by the id or name in
 * wrangler.toml, otherwise by the name that the first deployment gives it.
 */
function appliedMigrations(where: readonly string[], ports: DeployPorts): string[] | undefined {
  const table = rowsOf("SELECT name FROM sqlite_master WHERE name = 'd1_migrations'", where, ports)
  if (!table || table.length === 0) return table && []
  return rowsOf('SELECT name FROM d1_migrations ORDER BY id', where, ports)?.map(({ name }) => name)
}

/** Matches the error of wrangler if the account has no database of the name that wrangler.toml implies. */
const noDatabase = /^Couldn't find (?:an auto-provisioned|a) D1 DB /

/** Reads rows from the database; returns undefined if the database does not exist. */
function rowsOf(
  sql: string,
  where: readonly string[],
  { wrangler }: DeployPorts,
): { name: string }[] | undefined {
  const read = wrangler([...inDatabase(where), '--command', sql], 'read')
  if (read.status === 0) return JSON.parse(read.stdout)[0].results
  const error = errorIn(read)
  if (noDatabase.test(error)) return undefined
  throw new Error(
    `Cannot deploy: the database cannot be read, and nothing was changed: ${error}${remedy(error)}`,
  )
}

/** What to do about an error that says in many words that nobody is logged in. */
const remedy = (error: string): string =>
  /CLOUDFLARE_API_TOKEN|\[code: 10000\]|wrangler login/.test(error)
    ? '\nRun `npx wrangler login` first, or set CLOUDFLARE_API_TOKEN.'
    : ''

/**
 * Throws an error if the Worker exists and has a database that wrangler.toml does not name, so that wrangler
 * cannot find it. Otherwise the Worker would be deployed before its migrations as if there were no database.
 */
function refuseOtherDatabase(where: readonly string[], { wrangler }: DeployPorts): void {
  const json = (...words: string[]): Deployment & Version => {
    const read = wrangler([...words, '--json', ...where], 'read')
    if (read.status === 0) return JSON.parse(read.stdout)
    if (read.stderr.includes(noWorker)) return { versions: [], resources: { bindings: [] } }
    throw new Error(`Cannot deploy: the Worker cannot be read, and nothing was changed: ${errorIn(read)}`)
  }
  const bindings = json('deployments', 'status').versions.flatMap(
    ({ version_id }) => json('versions', 'view', version_id).resources.bindings,
  )
  const bound = bindings.find(({ type, name }) => type === 'd1' && name === 'DB')
  if (bound)
    throw new Error(
      `Cannot deploy: the Worker has a database that wrangler.toml does not name; write this line under [[d1_databases]]: database_id = "${bound.id ?? bound.database_id}"`,
    )
}

/** The error code of Cloudflare's API for a Worker that does not exist. */
const noWorker = '[code: 10007]'

interface Deployment {
  versions: { version_id: string }[]
}

interface Version {
  resources: { bindings: { type: string; name: string; id?: string; database_id?: string }[] }
}

/** The error that wrangler printed, as JSON on standard output or as text on standard error. */
function errorIn({ stdout, stderr }: Run): string {
  if (stdout.trim().startsWith('{')) return JSON.parse(stdout).error?.text ?? stdout.trim()
  return stripVTControlCharacters(stderr).trim() || stdout.trim() || 'wrangler printed no reason'
}
