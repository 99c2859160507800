import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelIn, textOf } from '../src/share/labels.ts'
import type { Network } from '../src/share/network.ts'
import { networks } from '../src/share/networks.ts'
import { refused } from '../src/share/refused.ts'

/** Makes the text of docs/networks.md from the tables of networks. */
export function networksPage(): string {
  return `# Share networks

The setting \`SHARE_NETWORKS\` names the share networks that a site offers, separated by commas. Each entry of the setting
is the id of a network, or \`A\`, \`B\` or \`C\` for all networks of that tier. The default is tier A. \`npm run docs\` makes this page
from \`src/share\`.

A network of the kind \`server\` has many servers, and each reader has an account on one of these servers. In the share address of
a network of the kind \`server\`, \`{host}\` stands for the host of the reader's server. The share menu asks the reader for this
host, and only the reader's browser stores it.

The status \`official\` means that the network itself documents its share address. The letters in the column "evidence" say how
we know a share address: \`D\` means from the network's documentation or a standard, \`C\` from source code of the network or of a
share tool, \`I\` from a public issue report, \`B\` from a secondary source, \`M\` from a measurement, \`F\` from common practice, and
\`K\` from memory. We tested no share address by hand on a phone. The column "checked" is the month in which we last read the
evidence.

| id | label | tier | kind | takes | limit | status | evidence | checked |
|---|---|---|---|---|---|---|---|---|
${networks.map(rowOf).join('\n')}

The column "limit" is the largest length of a shared text. Each network measures the length of a text in its own way. X gives some
characters twice the weight of others and counts every link as 23, Bluesky counts graphemes and bytes, Threads counts an emoji by
its bytes, and for mail programs the length of the whole link counts. If a text is too long, Kiosque cuts the text after a
word and appends \`…\`; Kiosque never cuts the article's URL.

## Refused

Kiosque refuses the networks in the following table: it makes no share links for them. If a request names only refused networks,
the answer is a 410. If a request names both refused networks and networks that are not refused, the answer lists the refused
networks in its member \`refused\`, with alternatives.

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
