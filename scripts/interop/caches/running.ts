import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { answers } from '../../local-server.ts'
import { freePort } from '../../ports.ts'
import { type ProcessGroup, startGroup } from '../../process-group.ts'
import type { Tool } from '../part.ts'

/** A cache that runs in front of the Worker, with its standard settings as far as they concern how long copies live. */
export interface RunningCache {
  name: CacheName
  port: number
  stop: () => void
}

const names = ['varnish', 'squid', 'nginx'] as const
type CacheName = (typeof names)[number]

/** The programs as Debian installs them; some are in folders that only the administrator searches. */
const programs: Record<CacheName, string> = { varnish: 'varnishd', squid: 'squid', nginx: 'nginx' }
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` }

/** A cache's program. */
export interface CacheTool extends Tool {
  name: CacheName
}

export const cacheTools: readonly CacheTool[] = names.map((name) => ({
  name,
  checks: `no answer through ${name} is checked`,
  install: `apt-get install -y ${name}`,
  isInstalled: () => spawnSync(programs[name], ['-v'], { env: environment }).error === undefined,
}))

/** The configuration of each cache, and the arguments with which its program reads this configuration. */
interface Setup {
  config: string
  words: (file: string) => string[]
}

const setups: Record<CacheName, (folder: string, port: number, worker: number) => Setup> = {
  varnish: (folder, port, worker) => ({
    config: `vcl 4.1;\nbackend default { .host = "localhost"; .port = "${worker}"; }\n`,
    words: (file) => [
      '-F',
      '-a',
      `127.0.0.1:${port}`,
      '-f',
      file,
      '-n',
      join(folder, 'run'),
      '-s',
      'malloc,64m',
    ],
  }),
  squid: (folder, port, worker) => ({
    config: `http_port 127.0.0.1:${port} accel defaultsite=localhost:${worker} no-vhost
cache_peer localhost parent ${worker} 0 no-query originserver no-digest
http_access allow all
cache_mem 64 MB
access_log none
cache_log ${join(folder, 'cache.log')}
pid_filename ${join(folder, 'squid.pid')}
coredump_dir ${folder}
netdb_filename none
pinger_enable off
shutdown_lifetime 1 seconds
`,
    words: (file) => ['-N', '-f', file],
  }),
  nginx: (folder, port, worker) => ({
    config: `daemon off;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'error.log')};
events {}
http {
  access_log off;
  proxy_cache_path ${join(folder, 'copies')} keys_zone=copies:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://localhost:${worker};
      proxy_http_version 1.1;
      proxy_cache copies;
    }
  }
}
`,
    words: (file) => ['-p', folder, '-c', file],
  }),
}

/** Starts a cache in front of the Worker on the port `worker`. Its files are in `folder`. */
export async function startCache(name: CacheName, folder: string, worker: number): Promise<RunningCache> {
  const own = join(folder, name)
  mkdirSync(own)
  // Programs that are started by the administrator write their files as another user.
  chmodSync(folder, 0o755)
  chmodSync(own, 0o777)
  const port = await freePort()
  const { config, words } = setups[name](own, port, worker)
  const file = join(own, 'config')
  writeFileSync(file, config)
  const cache = startGroup(programs[name], words(file), { env: environment, stdio: 'ignore' })
  await listens(cache, `http://127.0.0.1:${port}/favicon.ico`)
  return { name, port, stop: cache.forget }
}

async function listens({ failed }: ProcessGroup, address: string): Promise<void> {
  while (!(await answers(address))) await Promise.race([pause(50), failed])
}
