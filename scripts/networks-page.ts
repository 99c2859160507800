import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelIn, textOf } from '../src/share/labels.ts'
import type { Network } from '../src/share/network.ts'
import { networks } from '../src/share/networks.ts'
import { refused } from '../src/share/refused.ts'

/** Makes the text of docs/networks.md from the tables of networks. */
export function networksPage(): string {
  return `# Share networks

The setting \`SHARE_NETWORKS\` names the networks that a site offers: ids separated by commas, or \`A\`, \`B\`, \`C\` for
all networks of a tier. The default is tier A. \`npm run docs\` makes this page from \`src/share\`.

A network of the kind \`server\` runs on the reader's own server. In its address \`{host}\` stands for the server's host; the page
asks the reader for the host, and only the reader's browser stores it. The status \`official\` means that the network itself
documents the address. The letters in "evidence" say how we know the address. D: the network's documentation or a standard; C: source
code that we read; I: an issue; B: a secondary source; M: a measurement; F: common practice; K: from memory. We opened no link
by hand on a phone. "Checked" is the month in which we last read the evidence.

| id | label | tier | kind | takes | limit | status | evidence | checked |
|---|---|---|---|---|---|---|---|---|
${networks.map(rowOf).join('\n')}

Each network counts its limit in its own way. X weighs characters and counts every link as 23, Bluesky counts graphemes and bytes,
Threads counts an emoji by its bytes, and mail programs count the whole link. Kiosque cuts a text that is too long at a word and
appends \`…\`; Kiosque never cuts the URL.

## Refused

A request that names only closed networks gets a 410. If a request also names other networks, the answer lists the refused ones in
\`refused\`, with alternatives.

| id | reason | alternatives | evidence |
|---|---|---|---|
${refused.map(({ id, reason, use, evidence }) => `| \`${id}\` | ${reason} | ${use.map((one) => `\`${one}\``).join(', ')} | ${evidence.join('')} |`).join('\n')}
`
}

const rowOf = (network: Network): string => {
  const { id, tier, kind, takes, limit, needs, status, docs, evidence, verified } = network
  const need = needs ? `, needs ${needs}` : ''
  const cells = [
    `[\`${id}\`](${docs})`,
    textOf(labelIn(network.label, 'en')),
    tier,
    kind,
    takes + need,
    limit?.max ?? '–',
  ]
  return `| ${[...cells, status, evidence.join(''), verified].join(' | ')} |`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../docs/networks.md'), networksPage())
}
