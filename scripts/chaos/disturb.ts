import { setTimeout as pause } from 'node:timers/promises'
import type { Run } from './run.ts'
import { casts } from './site.ts'
import { weathers } from './weather.ts'

/** How often each kind of weather comes, relative to the others, and how long it lasts at most. */
const kinds = [
  ...Array(4).fill(['calm', 3000]),
  ...Array(5).fill(['unsteady', 4000]),
  ...Array(2).fill(['read only', 2500]),
  ['down', 1200],
] as [kind: keyof typeof weathers, mostMilliseconds: number][]

/**
 * Starts Workers on the store, changes how their database fails, and kills them, again and again until the run
 * ends. The Workers are of one version or of both, in one isolate or in several.
 */
export async function disturb(run: Run): Promise<void> {
  const { random, site, report, goesOn } = run
  while (goesOn()) {
    const cast = random.pick(casts)
    const kind = random.pick(['calm', 'unsteady'] as const)
    const laterMilliseconds = random.between(0, 30_000)
    await site.start(cast, weathers[kind], laterMilliseconds)
    report.step(`started ${cast.join(' ')}, ${kind}, ${laterMilliseconds} ms later`)
    const killed = site.killed()
    for (
      let changes = random.between(2, 5);
      changes > 0 && goesOn() && site.workers().length > 0;
      changes--
    ) {
      await Promise.race([pause(random.between(500, 3500)), killed])
      const [next, mostMilliseconds] = random.pick(kinds)
      report.step(`weather: ${next}`)
      await site.setWeather(weathers[next])
      await Promise.race([pause(random.between(300, mostMilliseconds)), killed])
    }
    report.step('killed')
    site.kill()
  }
}
