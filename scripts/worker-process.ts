import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { quiet, wrangler } from '../src/cli/paths.ts'
import { hashOf } from '../src/http/token.ts'

/** The token that such a process takes, for everything. */
export const token = 'a-token-of-the-scripts'

/** The Worker as a process of its own, on a store that outlives it, with these settings. */
export async function serve(
  store: string,
  port: number,
  settings: Record<string, string> = {},
): Promise<ChildProcess> {
  const hash = await hashOf(token)
  const server = spawn(
    process.execPath,
    [
      ...[wrangler, 'dev', '--port', String(port), '--inspector-port', '0', '--persist-to', store],
      ...Object.entries({
        SITE_URL: 'https://kiosque.example',
        API_TOKENS: `test:admin:${hash}`,
        ...settings,
      }).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
      ...['--log-level', 'error', '--show-interactive-dev-session=false'],
    ],
    { env: { ...process.env, ...quiet }, stdio: 'ignore', detached: true },
  )
  while (!(await fetch(`http://localhost:${port}/favicon.ico`).catch(() => undefined))) await pause(50)
  return server
}

/** Kills the Worker and all that it started, as a power cut would. */
export async function kill(server: ChildProcess): Promise<void> {
  if (server.pid) process.kill(-server.pid, 'SIGKILL')
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
}
