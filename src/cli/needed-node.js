// Plain JavaScript without types, because every version of Node must be able to run this check before it reads TypeScript.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const minVersion = [22, 18]
const present = process.versions.node
const [major, minor] = present.split('.').map(Number)

/** The Node that `npm ci` installs beside this file's project. npm runs it, but a command from another folder may not. */
const own = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/.bin/node')

if (major < minVersion[0] || (major === minVersion[0] && minor < minVersion[1])) {
  // The variable ends a chain of processes, if this Node too were too old.
  if (existsSync(own) && process.env.KIOSQUE_NODE !== own) runWith(own)
  console.error(
    `Cannot run: Kiosque needs Node ${minVersion.join('.')} or newer, and this is ${present}; \`npm ci\` brings one for Linux and Windows unless it is told to omit optional dependencies, and elsewhere install it from https://nodejs.org`,
  )
  process.exit(1)
}

/** Runs this command with another Node, and exits as it does. */
function runWith(node) {
  const operands = [...process.execArgv, ...process.argv.slice(1)]
  const env = { ...process.env, KIOSQUE_NODE: node }
  const { status, signal } = spawnSync(node, operands, { stdio: 'inherit', env })
  if (signal) process.kill(process.pid, signal)
  if (status !== null) process.exit(status)
}
