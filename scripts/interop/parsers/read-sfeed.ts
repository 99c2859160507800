import { spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { rfc3339 } from '../../../src/domain/instant.ts'

/*
 * Reads feeds with sfeed. Each line of the input is a file; each line of the output is what the file says, as JSON. sfeed
 * writes a line for each item, with fields that tabs separate: time, title, link, content, type of the content, id,
 * author, enclosure, categories.
 */

const escapes: Record<string, string> = { '\\n': '\n', '\\t': '\t', '\\\\': '\\' }
const plain = (field = ''): string => field.replace(/\\[nt\\]/g, (pair) => escapes[pair] ?? pair)

function itemOf(line: string) {
  const [seconds, title, link, content, , id, author, , categories] = line.split('\t')
  return {
    id: plain(id),
    title,
    link,
    published: seconds && rfc3339(Number(seconds) * 1000),
    authors: author ? [author] : [],
    categories: categories ? categories.split('|') : [],
    content: plain(content),
  }
}

for await (const file of createInterface({ input: process.stdin })) {
  const { status, stdout, stderr } = spawnSync('sfeed', [], {
    stdio: [openSync(file, 'r'), 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  const items = stdout.split('\n').filter(Boolean).map(itemOf)
  console.log(JSON.stringify(status === 0 ? { file, items } : { file, fault: `${status} ${stderr}` }))
}
