import { maxArticleBytes } from '../src/domain/article.ts'
import { parseJson } from '../src/http/body.ts'
import { articleOf } from '../src/ingest/article.ts'
import { decodeCapture, parseCapture } from '../src/ingest/capture.ts'
import { parseArticle } from '../src/ingest/json.ts'
import { type Family, families } from '../test/ingest/hostile.ts'
import { site } from '../test/render/samples.ts'

/*
 * Prints the CPU time that the API needs to parse an article and to build it from a hostile body, for each family of
 * bodies: at a quarter, at half and at the whole of the allowed size, so that quadratic growth is visible. The words
 * on the command line choose the families whose line contains them. A family that misses the target is marked with
 * `!`, and the exit code is 1. Captures are parsed by the command line, not by the API, so they have no target.
 */

const targetMilliseconds = 250

/** The number of runs of which the fastest counts, because other programs may use the processor's caches. */
const runs = 4
const parts = [4, 2, 1]
const now = Date.parse('2024-06-19T12:00:00Z')

const words = process.argv.slice(2).join(' ')
for (const family of families) {
  const [what, form] = family
  if (!`${form} ${what}`.includes(words)) continue
  const times: number[] = []
  let outcome = ''
  for (const part of parts) {
    const bytes = bytesOf(family, maxArticleBytes / part)
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < runs && (run === 0 || best > targetMilliseconds / 4); run++) {
      const before = process.cpuUsage()
      outcome = outcomeOf(form, bytes)
      const { user, system } = process.cpuUsage(before)
      best = Math.min(best, (user + system) / 1000)
    }
    times.push(best)
    if (best > 8 * targetMilliseconds) break
  }
  const worst = Math.max(...times)
  const isMissed = worst > targetMilliseconds && form !== 'capture'
  if (isMissed) process.exitCode = 1
  const figures = times.map((time) => time.toFixed(0).padStart(5)).join('')
  console.log(`${isMissed ? '!' : ' '}${figures} ms  ${form}: ${what}: ${outcome}`)
}
console.log(`target: ${targetMilliseconds} ms of CPU time${process.exitCode === 1 ? ', missed' : ''}`)

/** The longest body of a family that the API reads, with at most `maxBytes` bytes. */
function bytesOf([, form, make]: Family, maxBytes: number): Uint8Array {
  for (let length = maxBytes; ; ) {
    const text = make(Math.floor(length))
    const isWhole = form === 'json' || form === 'capture'
    const bytes = new TextEncoder().encode(isWhole ? text : JSON.stringify({ title: 'Titre', [form]: text }))
    if (bytes.length <= maxBytes) return bytes
    length = Math.min(length * 0.98, (length * maxBytes) / bytes.length)
  }
}

/** Parses a body and builds the article from it; returns what the API would answer, in few words. */
function outcomeOf(form: Family[1], bytes: Uint8Array): string {
  const input = form === 'capture' ? captureOf(bytes) : parseJson(bytes)
  const parsed = input.ok ? parseArticle(input.value) : input
  const article = parsed.ok ? articleOf(parsed.value, { site, now }) : parsed
  if (article.ok) return 'accepted'
  const { problem } = article
  return `refused (${problem.kind === 'invalid-article' ? problem.issues[0]?.reason : problem.kind})`
}

function captureOf(bytes: Uint8Array) {
  const text = decodeCapture(bytes)
  return text.ok ? parseCapture(text.value) : text
}
