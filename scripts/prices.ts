/**
 * Prices of Cloudflare in US dollars, as documented in November 2026: what a month of Workers Paid includes, and the price of
 * each further unit of `per`.
 */
export const prices = {
  requests: {
    what: 'requests, also those that the edge cache answers',
    included: 10e6,
    per: 1e6,
    dollars: 0.3,
  },
  cpuMilliseconds: { what: 'milliseconds of CPU', included: 30e6, per: 1e6, dollars: 0.02 },
  rowsRead: { what: 'rows read in D1', included: 25e9, per: 1e6, dollars: 0.001 },
  rowsWritten: { what: 'rows written in D1', included: 50e6, per: 1e6, dollars: 1 },
  operations: { what: 'operations of queues', included: 1e6, per: 1e6, dollars: 0.4 },
  logBytes: { what: 'bytes of logs', included: 50e9, per: 1e9, dollars: 0.25 },
} as const

export type Billed = keyof typeof prices

/** The price of a month of Workers Paid without anything beyond what is included, in US dollars. */
export const monthDollars = 5

/**
 * What each event is assumed to cost. `test/worker/limits.test.ts` measures the rows, which are less. The milliseconds of CPU
 * and the bytes of logs are estimates.
 */
export const billed = {
  rowsReadPerPoll: 60,
  rowsReadPerSave: 2500,
  rowsWrittenPerSave: 150,
  rowsReadPerCron: 50,
  rowsReadPerDelivery: 20,
  rowsWrittenPerDelivery: 2,
  /** A message is written, read and deleted. */
  operationsPerMessage: 3,
  /** A message for the job that finds what is owed, and two for purges. */
  messagesPerSave: 3,
  subscribersPerMessage: 40,
  cpuMillisecondsPerPoll: 3,
  cpuMillisecondsPerSave: 50,
  cpuMillisecondsPerDelivery: 2,
  cpuMillisecondsPerCron: 10,
  logBytesPerMessage: 500,
} as const

export interface PricedSite {
  name: string
  /** Clients that poll a feed every 15 minutes. */
  pollers: number
  savesPerDay: number
  subscribers: number
  /** Of a hundred polls, those that reach the Worker, because no copy at the edge is fresh. */
  missesPerHundred: number
}

export const pricedSites: readonly PricedSite[] = [
  { name: 'a small paper', pollers: 1000, savesPerDay: 10, subscribers: 50, missesPerHundred: 20 },
  { name: 'a daily', pollers: 20_000, savesPerDay: 100, subscribers: 1000, missesPerHundred: 5 },
  { name: 'a national site', pollers: 200_000, savesPerDay: 400, subscribers: 5000, missesPerHundred: 2 },
]

/** A client that polls every 15 minutes polls as often in a day. */
export const pollsPerDay = 96
export const monthDays = 30
const cronRunsPerDay = 1440

/** What a site uses in a month. */
export function useOf(site: PricedSite): Record<Billed, number> {
  const polls = site.pollers * pollsPerDay * monthDays
  const misses = (polls * site.missesPerHundred) / 100
  const saves = site.savesPerDay * monthDays
  const deliveries = saves * site.subscribers
  const cronRuns = cronRunsPerDay * monthDays
  const messages =
    saves * (billed.messagesPerSave + Math.ceil(site.subscribers / billed.subscribersPerMessage))
  return {
    requests: polls + saves,
    cpuMilliseconds:
      misses * billed.cpuMillisecondsPerPoll +
      saves * billed.cpuMillisecondsPerSave +
      deliveries * billed.cpuMillisecondsPerDelivery +
      cronRuns * billed.cpuMillisecondsPerCron,
    rowsRead:
      misses * billed.rowsReadPerPoll +
      saves * billed.rowsReadPerSave +
      deliveries * billed.rowsReadPerDelivery +
      cronRuns * billed.rowsReadPerCron,
    rowsWritten: saves * billed.rowsWrittenPerSave + deliveries * billed.rowsWrittenPerDelivery,
    operations: messages * billed.operationsPerMessage,
    logBytes: messages * billed.logBytesPerMessage,
  }
}

/** The price of what a month uses beyond what is included, in US dollars. */
export function dollarsFor(what: Billed, used: number): number {
  const { included, per, dollars } = prices[what]
  return (Math.max(0, used - included) / per) * dollars
}
