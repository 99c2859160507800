import type { Origin } from '../../domain/backup.ts'
import { isStoreFault } from '../../domain/fault.ts'
import type { ArticleInput } from '../../domain/input.ts'
import {
  articlesPerSave,
  bytesPerSave,
  maxLines,
  maxLinesBytes,
  nameBytesOf,
  nameBytesPerSave,
} from '../../domain/limits.ts'
import { failure, type Result } from '../../domain/problem.ts'
import type { Site } from '../../domain/site.ts'
import { parseJson } from '../../http/body.ts'
import { type Line, readLines } from '../../http/lines.ts'
import { detailsOf, uncached } from '../../http/problem.ts'
import { parseExported } from '../../ingest/backup.ts'
import { withinBudget } from '../../write/budget.ts'
import { daysIn } from '../../write/identity.ts'
import type { PublishPorts } from '../../write/ports.ts'
import type { Saved } from '../../write/publish.ts'
import { publishMany } from '../../write/publish-many.ts'
import { answerProblem, type Exchange, problemOf } from '../answer.ts'
import { maxLineBytes } from './allowed.ts'

/**
 * Saves many articles. The request has one JSON object on each line, and each group of lines is saved in one
 * save. The answer has one line for each article, in the order of the request; the lines of a group are sent as
 * soon as the group is saved. A request with too many lines is refused before anything is saved. `portsOf` makes the ports
 * of the saves from those of the request.
 */
export async function bulk(
  exchange: Exchange,
  portsOf: (ports: PublishPorts) => PublishPorts,
): Promise<Response> {
  const limits = { bytesPerLine: maxLineBytes, maxLines, maxBytes: maxLinesBytes }
  const lines = await readLines(exchange.req.raw.body, limits)
  if (!lines.ok) return answerProblem(exchange, lines.problem)
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const work = withinBudget(exchange.env.publishing, (ports) =>
    saveLines(exchange, portsOf(ports), lines.value, writable.getWriter()),
  )
  exchange.executionCtx.waitUntil(work)
  return new Response(readable, { headers: { ...uncached, 'Content-Type': 'application/x-ndjson' } })
}

async function saveLines(
  exchange: Exchange,
  ports: PublishPorts,
  lines: readonly Line[],
  out: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  let chunk: Numbered[] = []
  let bytes = 0
  let nameBytes = 0
  let reached = 0
  const flush = async () => {
    const answers = await saveChunk(ports, chunk)
    const text = answers.map((answer) => `${JSON.stringify(answer)}\n`).join('')
    chunk = []
    bytes = 0
    nameBytes = 0
    await out.write(new TextEncoder().encode(text))
  }
  try {
    for (const line of lines) {
      reached = line.number
      const read = inputOf(line, exchange.env.config.site.timeZone)
      const length = read.input.ok ? nameBytesOf(read.input.value) : 0
      if (chunk.length > 0 && nameBytes + length > nameBytesPerSave) await flush()
      chunk.push({ line: line.number, ...read })
      bytes += 'bytes' in line ? line.bytes.length : 0
      nameBytes += length
      if (chunk.length === articlesPerSave || bytes >= bytesPerSave) await flush()
    }
    if (chunk.length > 0) await flush()
  } catch (fault) {
    exchange.env.log('bulk-import-failed', { fault })
    const problem = isStoreFault(fault)
      ? lineOf({ ok: false, problem: problemOf(fault) })
      : { status: 500, title: 'Internal error' }
    const text = `${JSON.stringify({ line: chunk[0]?.line ?? reached + 1, ...problem })}\n`
    await out.write(new TextEncoder().encode(text)).catch(() => {})
  }
  await out.close().catch(() => {})
}

/**
 * One line of a bulk import: its number, and either the article on the line or the reason why the line is not
 * an article. `origin` is what a line from a backup says about the article.
 */
type Numbered = { line: number; input: Result<ArticleInput>; origin?: Origin }

async function saveChunk(ports: PublishPorts, chunk: readonly Numbered[]): Promise<object[]> {
  const good = chunk.flatMap(({ input, origin }) => (input.ok ? [{ input: input.value, origin }] : []))
  const inputs = good.map(({ input }) => input)
  const origins = good.map(({ origin }) => origin)
  const saved = (await publishMany(ports, inputs, origins)).values()
  return chunk.map(({ line, input, origin }) => {
    const result = input.ok ? (saved.next().value as Result<Saved>) : input
    return {
      line,
      ...lineOf(result),
      ...(origin?.import && result.ok && changesIn(ports.site, result.value)),
    }
  })
}

/** The title and the day of the article that an import has replaced, and the fields that it has kept. */
const changesIn = (site: Site, { former, kept }: Saved): object => ({
  ...(former && { former: { title: former.title, day: daysIn(site)(former) } }),
  ...(kept && { kept }),
})

function lineOf(saved: Result<Saved>): object {
  if (saved.ok) {
    const { kind, article } = saved.value
    return { status: kind === 'created' ? 201 : 200, saved: kind, slug: article.slug, id: article.id }
  }
  const { status, title, detail, members } = detailsOf(saved.problem)
  return { status, title, detail, ...members }
}

function inputOf(line: Line, timeZone: string): Omit<Numbered, 'line'> {
  if ('length' in line)
    return { input: failure({ kind: 'too-large', bytes: line.length, maxBytes: maxLineBytes }) }
  const json = parseJson(line.bytes)
  return json.ok ? parseExported(json.value, timeZone) : { input: json }
}
