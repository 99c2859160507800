import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type DeployPorts, deploy } from '../src/cli/deploy.ts'
import { quiet, root, wrangler } from '../src/cli/paths.ts'

/*
 * `npm run deploy`: deploys this checkout with the wrangler that `npm ci` has installed. All arguments are passed to
 * `wrangler deploy`.
 */

const environment = { ...process.env, ...quiet, WRANGLER_LOG: 'log' }

const runWrangler: DeployPorts['wrangler'] = (words, how) => {
  const show = how === 'read' ? 'pipe' : 'inherit'
  const { status, stdout, stderr } = spawnSync(process.execPath, [wrangler, ...words], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    // Without a standard input, wrangler asks nothing, and applies migrations without a confirmation.
    stdio: [how === 'shown' ? 'inherit' : 'ignore', show, show],
  })
  return { status: status ?? 1, stdout: stdout ?? '', stderr: stderr ?? '' }
}

try {
  deploy(process.argv.slice(2), {
    wrangler: runWrangler,
    migrations: readdirSync(join(root, 'migrations'))
      .filter((name) => name.endsWith('.sql'))
      .sort(),
    say: (line) => console.log(line),
  })
} catch (fault) {
  console.error((fault as Error).message)
  process.exitCode = 1
}
