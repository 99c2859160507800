import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { limits, maxLines, maxLinesBytes } from '../src/domain/limits.ts'
import { type Kind, kinds } from '../test/worker/kinds.ts'
import {
  type Billed,
  billed,
  dollarsFor,
  monthDays,
  monthDollars,
  type PricedSite,
  pollsPerDay,
  pricedSites,
  prices,
  useOf,
} from './prices.ts'

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 })
const money = (dollars: number): string => `$${dollars.toFixed(2)}`
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`

/** Whether invocations of a kind fit Workers Free. */
function fitsFree({ statements: [usual, most], fetches = 0 }: Kind): string {
  const { statements, fetches: free } = limits
  if (fetches > free.free || usual > statements.free) return 'no'
  return most > statements.free ? 'as a rule' : 'yes'
}

const kindRow = (kind: Kind): string =>
  row([kind.kind, number(kind.statements[0]), number(kind.statements[1]), kind.fetches ?? 0, fitsFree(kind)])

const limitRow = ({ of, paid, free }: (typeof limits)[keyof typeof limits]): string =>
  row([of, number(paid), free === paid ? 'the same' : number(free)])

const names = Object.keys(prices) as Billed[]

function priceRow(what: Billed): string {
  const { included, per, dollars } = prices[what]
  const cells = pricedSites.map((site) => {
    const used = useOf(site)[what]
    return `${number(used)}: ${money(dollarsFor(what, used))}`
  })
  return row([prices[what].what, `${number(included)}, then $${dollars} per ${number(per)}`, ...cells])
}

const totalOf = (site: PricedSite): number =>
  names.reduce((sum, what) => sum + dollarsFor(what, useOf(site)[what]), monthDollars)

const siteRow = ({ name, pollers, missesPerHundred, savesPerDay, subscribers }: PricedSite): string =>
  row([name, number(pollers), `${missesPerHundred} of 100`, number(savesPerDay), number(subscribers)])

/** What else Workers Free limits, and what that means. */
const freePlan = `Workers Free also limits each invocation to 10 milliseconds of CPU, and each day to 100,000 requests, to 5 million rows read, to
100,000 rows written and to 10,000 operations of queues. The tests do not measure CPU. A poll that the Worker answers from memory
takes less than a millisecond; rendering a feed, and saving a long article, can take more than 10 milliseconds. A message to a
browser takes about one (\`npm run bench:web-push\`), because it is encrypted and signed, so that Workers Free may stop a job after
some ten of its 40 messages. Their results are stored ten at a time: the others are sent ten minutes later, and at most ten browsers
get the same notification anew. Several hundred browsers are then told within the hour; for more, use Workers Paid.`

/** Makes the text of docs/limits.md from the tables of limits, of kinds of invocations and of prices. */
export function limitsPage(): string {
  return `# Limits and prices

Cloudflare limits what one invocation of a Worker may use: one request, one message of a queue, or one run of cron. A local run and
the tests' environment of Cloudflare enforce almost none of these limits. Therefore the tests of Kiosque measure each invocation
(\`test/worker/meter.ts\`), and a test fails if one of its invocations uses more than the tables below say. \`npm run docs\` makes this
page from \`src/domain/limits.ts\`, \`test/worker/kinds.ts\` and \`scripts/prices.ts\`. The limits and prices of Cloudflare are those of
its documentation in November 2026; nothing on this page was measured on Cloudflare itself.

## The limits of the platform

Cloudflare does not say whether a batch of D1 statements counts as one query or as as many as it has statements, and its pages have
different numbers for subrequests. This table has the stricter reading. A queue's delay is 12 hours in older documents and 24 hours
in newer ones; the table has 12 hours.

| what | Workers Paid | Workers Free |
|---|---|---|
${Object.values(limits).map(limitRow).join('\n')}

${freePlan}

## What one invocation uses

The column "as a rule" is the number of D1 statements on a site without a fault (\`test/worker/limits.test.ts\` measures it), and "at
most" is the number that no invocation in any Worker test exceeds. An article's save needs the larger number only if other requests
change the same article at the same time: the save is then tried up to ten times. A poll or a run of cron needs the larger number if
an embargo has ended or an article has expired, and the change is saved. The last column says whether the numbers fit Workers Free.

| invocation | statements, as a rule | statements, at most | requests to other hosts | fits Workers Free |
|---|---|---|---|---|
${kinds.map(kindRow).join('\n')}

## Requests with many lines

\`POST /api/articles\` with lines, \`POST /api/dry-run\` and \`POST /api/restore\` take at most ${number(maxLines)} lines and ${number(maxLinesBytes)} bytes in
one request. The answer to a longer request is a 413, and nothing is saved. Lines are saved 50 at a time. If a save is refused
because of one line, its halves are saved, and so on, which needs more statements. If a request has no statements left, its other
lines get the status 503 and are not saved; send them again. A section, tag or author with more articles than one request may save
is renamed in several requests: the answer is a 503 whose member \`next\` is the address to which the same request is sent.
\`npx kiosque import\` sends at most 50 lines in one request, which also fits Workers Free, and sends lines again by itself.

## Prices

Workers Paid costs ${money(monthDollars)} a month. Every request is billed, also one that the edge cache answers: such a poll costs as much
as another request, but needs no CPU and reads no rows. The edge keeps a feed until a save changes the feed, or for five minutes.
The table is worked out for these sites, whose readers poll every 15 minutes, that is ${pollsPerDay} times a day, in a month of ${monthDays} days:

| site | pollers | polls that reach the Worker | saves a day | subscribers of one feed |
|---|---|---|---|---|
${pricedSites.map(siteRow).join('\n')}

A poll that reaches the Worker counts as ${billed.rowsReadPerPoll} rows read and ${billed.cpuMillisecondsPerPoll} ms of CPU; a save as ${number(billed.rowsReadPerSave)} rows read, ${billed.rowsWrittenPerSave} rows written, ${billed.cpuMillisecondsPerSave} ms of CPU
and ${billed.messagesPerSave} messages; a delivery to a subscriber as ${billed.rowsReadPerDelivery} rows read, ${billed.rowsWrittenPerDelivery} rows written and ${billed.cpuMillisecondsPerDelivery} ms of CPU; each ${billed.subscribersPerMessage} subscribers as one
message; a run of cron, which comes each minute, as ${billed.rowsReadPerCron} rows read and ${billed.cpuMillisecondsPerCron} ms of CPU; a message as ${billed.operationsPerMessage} operations and ${billed.logBytesPerMessage} bytes of logs.
The tests check that no more rows are read and written; the CPU and the logs are estimates.

| a month uses | included | ${pricedSites.map(({ name }) => name).join(' | ')} |
|---|---|---|---|---|
${names.map(priceRow).join('\n')}
${row(['**together, with the plan**', money(monthDollars), ...pricedSites.map((site) => `**${money(totalOf(site))}**`)])}

For example, the polls of ${pricedSites[1]?.name} are ${number(pricedSites[1]?.pollers ?? 0)} × ${pollsPerDay} × ${monthDays} = ${number((pricedSites[1]?.pollers ?? 0) * pollsPerDay * monthDays)} requests, of which ${number(prices.requests.included)} are included; the
others cost $${prices.requests.dollars} per million. Polls are most of the price, and after them the rows that deliveries write. The prices of D1's
storage (5 GB are included) and of a domain are not in the table. Logs are counted by the prices that hold from 1 December 2026.
`
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, '../docs/limits.md'), limitsPage())
}
