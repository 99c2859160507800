import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelOf } from '../src/share/labels.ts'
import type { Network } from '../src/share/network.ts'
import { networks } from '../src/share/networks.ts'
import { refused } from '../src/share/refused.ts'

/** docs/networks.md, out of the tables. */
export function networksPage(): string {
  return `# Share networks

The setting \`SHARE_NETWORKS\` names those that a site offers: ids parted by commas, or \`A\`, \`B\`, \`C\` for all of a
tier. Tier A is offered unless the setting says otherwise. This page is made from \`src/share\` by \`npm run docs\`.

A network of the kind \`server\` lives on the reader's own server: \`{host}\` in its address stands for that; the page
asks for it, and only the reader's browser remembers it. \`official\`: the network documents the address itself.
The letters say how the row is known. D: the network's document or a standard; C: source code that was read; I: an
issue; B: a secondary note; M: measured; F: folk practice; K: from memory. No link was opened by hand on a phone.

| id | label | tier | kind | takes | at most | status | known by | read in |
|---|---|---|---|---|---|---|---|---|
${networks.map(rowOf).join('\n')}

What "at most" counts is the network's own: X weighs characters and gives every link 23, Bluesky counts graphemes and
bytes, Threads counts an emoji by its bytes, mail programs count the whole link. A text that is too long is cut at a
word and ended by \`…\`; the URL is never cut.

## Refused

Asked for alone, such a network is a 410; among others it stands in \`refused\`, with what to use instead.

| id | why | instead | known by |
|---|---|---|---|
${refused.map(({ id, reason, use, evidence }) => `| \`${id}\` | ${reason} | ${use.map((one) => `\`${one}\``).join(', ')} | ${evidence.join('')} |`).join('\n')}
`
}

const rowOf = (network: Network): string => {
  const { id, tier, kind, takes, limit, needs, status, docs, evidence, verified } = network
  const need = needs ? `, needs ${needs}` : ''
  const cells = [`[\`${id}\`](${docs})`, labelOf(network, 'en'), tier, kind, takes + need, limit?.max ?? '–']
  return `| ${[...cells, status, evidence.join(''), verified].join(' | ')} |`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../docs/networks.md'), networksPage())
}
