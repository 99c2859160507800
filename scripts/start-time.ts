import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quiet, root, wrangler } from '../src/cli/paths.ts'
import { checkOut, firstRelease } from './former-release.ts'

/*
 * Compares the start time of the Worker with the start time of version 0.1, both measured in the same run. The
 * start time is the number of active milliseconds that `wrangler check startup` reports: the milliseconds of
 * its profile in which the processor was not idle.
 */

/**
 * The number of measurements of each version; the versions are measured alternately. The median is used,
 * because the machine may be busy during some measurements.
 */
const rounds = 5

/** The maximum start time, as a multiple of the start time of version 0.1. */
const maxRatio = 1.3

/**
 * Prints the start times of both versions; returns false if the present version starts too slowly. One slow
 * measurement proves nothing, so false is returned only if every start time of the present version exceeds the
 * maximum, which is computed from the median of version 0.1. Without git or the history, only the present
 * version is measured.
 */
export async function compareStart(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-start-'))
  try {
    const present = bundleOf(root, join(folder, 'present.bundle'))
    const former = formerBundle(folder)
    const times: { present: number[]; former: number[] } = { present: [], former: [] }
    for (let round = 0; round < rounds; round++) {
      if (former) times.former.push(activeMilliseconds(former, folder))
      times.present.push(activeMilliseconds(present, folder))
    }
    return judge(times)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function judge({ present, former }: { present: number[]; former: number[] }): boolean {
  const now = `start: ${median(present).toFixed(1)} ms active (${listed(present)})`
  if (former.length === 0) {
    console.log(
      `${now}; not compared: commit ${firstRelease.commit.slice(0, 7)}, version 0.1, is not in this clone's history`,
    )
    return true
  }
  const ratio = median(present) / median(former)
  console.log(
    `${now}, version 0.1 ${median(former).toFixed(1)} ms (${listed(former)}): ${ratio.toFixed(2)} times, of ${maxRatio} at most`,
  )
  return Math.min(...present) <= maxRatio * median(former)
}

const listed = (times: readonly number[]): string => times.map((time) => time.toFixed(0)).join(' ')

/** The median of the values. */
function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN
}

/**
 * Checks out version 0.1 from the git history and builds it with the libraries of this checkout. Returns
 * undefined if the history does not contain version 0.1.
 */
function formerBundle(folder: string): string | undefined {
  const checkout = checkOut(firstRelease, folder)
  if (checkout === undefined) return undefined
  nameOtherLibraries(checkout)
  return bundleOf(checkout, join(folder, 'former.bundle'))
}

/**
 * Prints the libraries of which version 0.1 of Kiosque used a different version than the present code.
 * Version 0.1 is measured with the present versions of the libraries.
 */
function nameOtherLibraries(checkout: string): void {
  const [present, former] = [root, checkout].map(dependenciesOf)
  for (const [name, version] of Object.entries(former ?? {}))
    if (present?.[name] !== version)
      console.log(
        `start: version 0.1 had ${name} ${version}; it is measured with ${present?.[name] ?? 'none'}`,
      )
}

const dependenciesOf = (folder: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies

/** Builds the Worker of a checkout into a single file, because wrangler can measure only a single file. */
function bundleOf(checkout: string, file: string): string {
  run(checkout, 'deploy', '--dry-run', '--outfile', file)
  return file
}

function activeMilliseconds(bundle: string, folder: string): number {
  const profile = join(folder, 'start.cpuprofile')
  const output = run(root, 'check', 'startup', '--worker', bundle, '--outfile', profile)
  const [, active] = /Active: ([\d.]+) ms/.exec(output) ?? []
  if (active === undefined) throw new Error(`Cannot measure the start:\n${output}`)
  return Number(active)
}

/** Runs wrangler in a checkout, and returns its output. */
function run(cwd: string, ...words: string[]): string {
  const env = { ...process.env, ...quiet, WRANGLER_LOG: 'log' }
  return said(spawnSync(process.execPath, [wrangler, ...words], { cwd, env, encoding: 'utf8' }))
}

function said({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): string {
  if (status !== 0) throw new Error(`Cannot measure the start:\n${stdout}${stderr}`)
  return stdout
}
