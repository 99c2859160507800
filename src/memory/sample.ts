import type { Random } from '../domain/ports.ts'

/**
 * Creates a function that returns true at every `every`-th call. Which call is the first is random, so that isolates
 * that end after a few calls are represented too.
 */
export function createSample(every: number, random: Random): () => boolean {
  let count = Math.floor(random() * every)
  return () => {
    count = (count + 1) % every
    return count === 0
  }
}
