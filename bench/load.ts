import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import autocannon from 'autocannon'

/** The request that is sent again and again. */
export interface Question {
  url: string
  headers?: Record<string, string>
}

/** The result of one period of load; the latencies p50 and p99 are in milliseconds. */
export interface Spell {
  requests: number
  seconds: number
  /** The bytes of all answers, including headers. */
  bytes: number
  /** The number of failed requests: no connection, a timeout, or a status of 400 or more. */
  errors: number
  p50: number
  p99: number
}

export interface LoadTool {
  name: string
  load: (question: Question, seconds: number) => Promise<Spell>
}

/** The number of connections, each of which waits for its answer before it sends the next request. */
const connections = 8

/**
 * Returns the tool that makes the load: wrk if it is installed, otherwise the npm package autocannon. wrk is
 * preferred because it uses a fifth of autocannon's CPU time, so that on a small machine the tool does not
 * limit the measured speed.
 */
export function loadTool(wanted?: string): LoadTool {
  const { stdout, error } = spawnSync('wrk', ['--version'], { encoding: 'utf8' })
  const [, version] = /wrk (\S+)/.exec(stdout ?? '') ?? []
  if (!error && version && wanted !== 'autocannon') return { name: `wrk ${version}`, load: loadByWrk }
  if (wanted === 'wrk') throw new Error('wrk is not installed')
  return { name: 'autocannon', load: loadByAutocannon }
}

async function loadByWrk({ url, headers = {} }: Question, seconds: number): Promise<Spell> {
  const { stdout } = await promisify(execFile)('wrk', [
    ...[
      '-t',
      '1',
      '-c',
      String(connections),
      '-d',
      `${seconds}s`,
      '-s',
      join(import.meta.dirname, 'wrk.lua'),
    ],
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    url,
  ])
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

async function loadByAutocannon({ url, headers = {} }: Question, seconds: number): Promise<Spell> {
  const result = await autocannon({ url, headers, connections, duration: seconds, workers: 1 })
  return {
    requests: result.requests.total,
    seconds: result.duration,
    bytes: result.throughput.total,
    errors: result.errors + result.timeouts + result['4xx'] + result['5xx'],
    p50: result.latency.p50,
    p99: result.latency.p99,
  }
}
