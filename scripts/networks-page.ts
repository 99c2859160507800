import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labelIn, textOf } from '../src/share/labels.ts'
import type { Network } from '../src/share/network.ts'
import { networks } from '../src/share/networks.ts'
import { refused } from '../src/share/refused.ts'

/** Makes the text of docs/networks.md from the tables of networks. */
export function networksPage(): string {
  return `# Share networks

The setting \`SHARE_NETWORKS\` names the share networks that a site offers, separated by commas. An entry is the id of a network, or
\`A\`, \`B\` or \`C\` for all networks of that tier. The default is tier A. \`npm run docs\` makes this page from \`src/share\`.

A network of the kind \`server\` has many servers, and each reader has an account on one of these servers. In the share address of
this kind of network, \`{host}\` stands for the server's host. The page asks the reader for the host, and only the reader's browser
stores the host.

The status \`official\` means that the network itself documents its share address. Each letter in the column "evidence" stands for
a kind of evidence for the share address:

| letter | evidence |
|---|---|
| D | the network's documentation or a standard |
| C | source code of the network or of a share tool |
| I | a public issue report |
| B | a secondary source |
| M | a measurement |
| F | common practice |
| K | from memory |

We tested no share address by hand on a phone. The column "checked" is the month in which we last read the evidence.

| id | label | tier | kind | takes | limit | status | evidence | checked |
|---|---|---|---|---|---|---|---|---|
${networks.map(rowOf).join('\n')}

The column "limit" is the largest length of a shared text. Networks measure the length of a text in different ways. X gives some
characters twice the weight of others and counts every link as 23, Bluesky counts graphemes and bytes, Threads counts an emoji by
its bytes, and for mail programs the length of the whole link counts. If a text is too long, Kiosque cuts the text after a
word and appends \`…\`; Kiosque never cuts the article's URL.

## Refused

The following table lists the networks for which Kiosque makes no share links. If a request names only such networks, the
answer is a 410. If a request also names other networks, the answer lists the refused networks in its member \`refused\`, with
alternatives.

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
