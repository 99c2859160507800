import { setTimeout as pause } from 'node:timers/promises'
import { quiet, root, wrangler } from '../src/cli/paths.ts'
import { hashOf } from '../src/http/token.ts'
import { answers } from './local-server.ts'
import { type ProcessGroup, startGroup } from './process-group.ts'

/** The API token, with every scope, that all Workers started by scripts accept. */
export const token = 'a-token-of-the-scripts'

/**
 * Starts the Worker of a checkout (by default, this one) in its own process, on a store that remains when the
 * process ends.
 */
export async function serve(
  store: string,
  port: number,
  settings: Record<string, string> = {},
  checkout = root,
): Promise<ProcessGroup> {
  const hash = await hashOf(token)
  const server = startGroup(
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
    { cwd: checkout, env: { ...process.env, ...quiet }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  try {
    await listens(server, `http://localhost:${port}/favicon.ico`)
    return server
  } catch (fault) {
    server.forget()
    throw fault
  }
}

/** Kills the Worker and every process that it started, without letting them finish any work, as a power cut would. */
export async function kill(server: ProcessGroup): Promise<void> {
  server.forget()
  await server.ended()
}

/** Waits until the server answers; rejects if the server's process ends. */
async function listens({ failed }: ProcessGroup, address: string): Promise<void> {
  while (!(await answers(address))) await Promise.race([pause(50), failed])
}
