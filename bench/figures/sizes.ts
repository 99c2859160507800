import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { formatNames } from '../../src/domain/format.ts'
import { ask } from '../client.ts'
import type { Environment } from '../environment.ts'
import { figure, type Section } from '../table.ts'

/** Measures the bytes of one feed in each format: uncompressed, and compressed as servers compress it. */
export async function sizes(environment: Environment): Promise<Section> {
  const { address } = await environment.serve(environment.articles[0] ?? 20)
  const rows: string[][] = []
  for (const format of formatNames) {
    const { body } = await ask(`${address}/feed.${format}`)
    const bytes = Buffer.from(body)
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
    const weights = [bytes, gzipSync(bytes, { level: 6 }), brotli].map(({ length }) => length)
    rows.push([format, ...weights.map((weight) => figure(weight))])
  }
  return {
    title: 'Bytes of the newest feed',
    columns: ['format', 'identity', 'gzip (6)', 'brotli (4)'],
    rows,
    notes: ['20 articles of 5 kB in French prose of no meaning; each paragraph occurs once.'],
  }
}
