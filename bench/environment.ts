import { constants, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runBare } from './bare.ts'
import { build, type Module } from './build.ts'
import { type LoadTool, loadTool } from './load.ts'
import type { Pace } from './measure.ts'
import { runPlain } from './plain.ts'
import { seed } from './seed.ts'
import { type Running, run } from './worker.ts'

/** Starts the Workers that the bench measures, stops them, and removes their files. */
export interface Environment {
  tool: LoadTool
  pace: Pace
  /** The sizes of the bench's stores, in articles, the smallest first. */
  articles: readonly number[]
  /** Starts Kiosque on the store with the given number of articles. */
  serve: (articles: number, options?: Serving) => Promise<Running>
  /**
   * Starts the bare Worker, which answers every request with a copy of the answer that the given address
   * gives now.
   */
  bare: (url: string) => Promise<Running>
  /**
   * Starts the plain Worker, which uses Hono and renders the feed for every request, on its own table of the
   * given number of articles.
   */
  plain: (articles: number) => Promise<Running>
  /** Stops the given Workers. */
  stop: (workers: readonly Running[]) => Promise<void>
  /** Stops every running Worker. */
  rest: () => Promise<void>
  /** Stops every Worker and removes all temporary files. */
  close: () => Promise<void>
}

interface Serving {
  /** The source file of the Worker, if it is not the one that is deployed. */
  entry?: string
  /**
   * Whether articles will be saved. If so, the Worker gets a copy of the store, which is removed when the
   * Worker stops.
   */
  saves?: boolean
}

/** The options of a run: how to measure, and on which stores. */
export interface EnvironmentOptions {
  rounds: number
  seconds: number
  /** The sizes of the bench's stores, in articles, the smallest first. */
  articles: number[]
  load: 'wrk' | 'autocannon' | undefined
  /**
   * The folder in which seeded stores (stores filled with the bench's articles) are kept for later runs. If it
   * is undefined, the stores are temporary.
   */
  stores: string | undefined
}

export function openEnvironment({
  rounds,
  seconds,
  articles,
  load,
  stores,
}: EnvironmentOptions): Environment {
  const folder = mkdtempSync(join(tmpdir(), 'kiosque-bench-'))
  const built = new Map<string, Module[]>()
  let running: Running[] = []
  const started = async (one: Promise<Running>): Promise<Running> => {
    running.push(await one)
    return one
  }
  const modulesOf = async (entry: string): Promise<Module[]> => {
    const modules = built.get(entry) ?? (await build(entry))
    built.set(entry, modules)
    return modules
  }
  const copies: string[] = []
  const copyOf = (store: string): string => {
    const copy = mkdtempSync(join(folder, 'copy-'))
    copies.push(copy)
    cpSync(store, copy, { recursive: true, mode: constants.COPYFILE_FICLONE })
    return copy
  }
  const stop = async (workers: readonly Running[]) => {
    await Promise.all(workers.map((worker) => worker.stop()))
    running = running.filter((one) => !workers.includes(one))
  }
  const rest = async () => {
    await stop(running)
    for (const copy of copies.splice(0)) rmSync(copy, { recursive: true })
  }
  return {
    tool: loadTool(load),
    pace: { rounds, seconds },
    articles,
    stop,
    rest,
    async serve(size, { entry = 'src/index.ts', saves = false } = {}) {
      const seeded = await storeOf(stores ?? folder, size)
      const store = saves ? copyOf(seeded) : seeded
      const one = await started(run(await modulesOf(entry), store))
      await settle(one)
      return one
    },
    bare: (url) => started(runBare(url)),
    plain: (size) => started(runPlain(size)),
    async close() {
      await rest()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Returns the folder of a store that is filled with the given number of articles, and makes the store if it is
 * missing. The store is made in another folder, which is then renamed, so that an interrupted run leaves no
 * incomplete store.
 */
async function storeOf(stores: string, articles: number): Promise<string> {
  const place = join(stores, `store-${articles}`)
  if (existsSync(place)) return place
  const making = `${place}-making`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true })
  const start = performance.now()
  await seed(making, articles)
  renameSync(making, place)
  console.error(`seeded ${articles} articles in ${Math.round((performance.now() - start) / 1000)} s`)
  return place
}

/**
 * Waits until the new Worker's answers have a Last-Modified date, so that the bench measures answers as most
 * polls get them. The requests are HEAD, so that nothing is rendered before the measurement.
 */
async function settle({ address }: Running): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(`${address}/feed.rss`, { method: 'HEAD' })
    if (answer.headers.has('Last-Modified')) return
    await pause(100)
  }
  throw new Error('The Worker gives its feed no date')
}
