import { describe, expect, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { maxArticleBytes } from '../src/domain/article.ts'
import { againSeconds, pauseMilliseconds, urgentPauseMilliseconds } from '../src/domain/effect.ts'
import { maxFeedLength } from '../src/domain/feed.ts'
import { bytesPerSave, maxLinesBytes } from '../src/domain/limits.ts'
import { maxLookedAtArticles, pageLength } from '../src/domain/paging.ts'
import { retrySeconds } from '../src/domain/problem.ts'
import { archivesPerSitemap, selectionsPerSitemap } from '../src/domain/sitemap.ts'
import { slowMilliseconds } from '../src/domain/subscription.ts'
import {
  defaultBrowserSeconds,
  defaultEdgeSeconds,
  staleIfErrorSeconds,
  staleWhileRevalidateSeconds,
} from '../src/http/caching.ts'
import { concurrentCalls, stuckMilliseconds, tailMilliseconds } from '../src/hub/calls.ts'
import { callbacksPerJob } from '../src/hub/deliver.ts'
import { callTimeoutMilliseconds } from '../src/hub/outbound.ts'
import { maxCallbackCharacters } from '../src/hub/protocol/callback.ts'
import {
  caps,
  defaultLeaseSeconds,
  maxLeaseSeconds,
  maxRetryMilliseconds,
  minLeaseSeconds,
  minRetryMilliseconds,
} from '../src/hub/protocol/limits.ts'
import { secretBytesLimit } from '../src/hub/protocol/request.ts'
import {
  askMilliseconds,
  freshMilliseconds,
  graceMilliseconds,
  maxStaleMilliseconds,
} from '../src/memory/heads.ts'
import { memoryShares } from '../src/memory/isolate.ts'
import { freeRequests } from '../src/memory/rate.ts'
import { readTimeoutMilliseconds } from '../src/memory/steady.ts'
import { headTimeoutMilliseconds } from '../src/memory/store.ts'
import { gatherMilliseconds, writeTimeoutMilliseconds } from '../src/memory/visits.ts'
import { archiveEdgeSeconds } from '../src/read/archive.ts'
import { maxSitemaps } from '../src/read/sitemaps.ts'
import { maxFormBytes } from '../src/routes/hub.ts'
import { articlesPerArchive } from '../src/store/archives.ts'
import { purgeClaimMilliseconds } from '../src/store/effects.ts'
import { deliveryClaimMilliseconds, retryAfterMilliseconds } from '../src/store/hub/deliveries.ts'
import { verificationTimeoutMilliseconds } from '../src/store/hub/subscriptions.ts'
import { verificationClaimMilliseconds } from '../src/store/hub/verifications.ts'
import { maxListBytes } from '../src/store/rows.ts'
import { archiveLifetimeMilliseconds, copyLifetimeMilliseconds } from '../src/store/save.ts'
import { burstCalls, lateMilliseconds, refillMilliseconds } from '../src/write/purge-budget.ts'
import { root, textOf } from './source.ts'

/** The part of wrangler.toml that the tests of limits read. */
interface Settings {
  queues: { consumers: { queue: string; max_batch_size: number; max_retries: number; retry_delay: number }[] }
  ratelimits: { name: string; simple: { limit: number; period: number } }[]
  triggers: { crons: string[] }
}

/** How much an isolate keeps in memory between requests. */
const tableBytes = Object.values(memoryShares).reduce((sum, share) => sum + share, 0)

const { queues, ratelimits, triggers }: Settings = readConfig({ config: `${root}/wrangler.toml` })

/** The limits that wrangler.toml sets for the consumer of the queue with the given name. */
const consumerOf = (name: string) => {
  const consumer = queues.consumers.find(({ queue }) => queue === name)
  const { max_batch_size: batch = 0, max_retries: retries = 0, retry_delay: delay = 0 } = consumer ?? {}
  return { batch, retries, delaySeconds: delay }
}
const rateOf = (name: string) =>
  ratelimits.find((one) => one.name === name)?.simple ?? { limit: 0, period: 0 }

const hubQueues = ['kiosque-deliver', 'kiosque-verify', 'kiosque-slow'].map(consumerOf)
const [deliver = consumerOf('')] = hubQueues
const invalidate = consumerOf('kiosque-invalidate')

/** The limits that Cloudflare documents for its smallest plan. */
const platform = {
  requestsPerInvocation: 50,
  connections: 6,
  waitUntilMilliseconds: 30_000,
  isolateBytes: 128_000_000,
  textBytes: 2_000_000,
  messagesPerBatch: 100,
  purgesPerMinute: 5,
  purgesAtOnce: 25,
}

/** The interval of the cron trigger `* * * * *`: one minute. */
const cronMilliseconds = 60_000

/**
 * The longest time until the results of a delivery job are stored: the job reads the topic's feed, begins a call to a
 * subscriber's callback at least every `stuckMilliseconds`, and the last call ends after its timeout.
 */
const jobMilliseconds =
  callbacksPerJob * stuckMilliseconds + callTimeoutMilliseconds + 4 * readTimeoutMilliseconds

type Row = [what: string, less: number, more: number]

const ordered: Record<string, Row[]> = {
  'copies at the edge': [
    [
      'a save looks as far ahead as a copy without `due` may be used',
      (defaultEdgeSeconds + staleWhileRevalidateSeconds) * 1000,
      copyLifetimeMilliseconds,
    ],
    [
      'a save looks at most two minutes further ahead than a copy may be used',
      copyLifetimeMilliseconds,
      (defaultEdgeSeconds + staleWhileRevalidateSeconds + 120) * 1000,
    ],
    [
      'a save looks as far ahead as a copy of an archive may be used',
      (archiveEdgeSeconds + staleWhileRevalidateSeconds) * 1000,
      archiveLifetimeMilliseconds,
    ],
    [
      'a browser keeps no copy longer than the edge, where it is marked stale',
      defaultBrowserSeconds,
      defaultEdgeSeconds,
    ],
    [
      'copies are marked stale again when no rendering from before the save can still be under way',
      readTimeoutMilliseconds + freshMilliseconds + graceMilliseconds,
      againSeconds * 1000,
    ],
    [
      'a message that many saves share is not later than twice their time',
      lateMilliseconds,
      againSeconds * 1000,
    ],
    [
      'a purge is taken up again after a killed job before the next run of cron',
      purgeClaimMilliseconds,
      cronMilliseconds,
    ],
    [
      'the queue’s calls, and those that an isolate makes by itself, are as many as the platform takes in a minute',
      60_000 / pauseMilliseconds + 60_000 / refillMilliseconds,
      platform.purgesPerMinute,
    ],
    [
      'purges that are urgent make as many calls as the platform takes in a minute',
      60_000 / urgentPauseMilliseconds,
      platform.purgesPerMinute,
    ],
    ['an isolate makes no more calls at once than the platform takes', burstCalls, platform.purgesAtOnce],
    ['a batch of invalidations is one that the platform gives', invalidate.batch, platform.messagesPerBatch],
  ],
  'the memory of an isolate': [
    [
      'one request has longer for reading a head than other requests use the old head',
      graceMilliseconds,
      askMilliseconds,
    ],
    ['another isolate’s save is seen within a second', freshMilliseconds + graceMilliseconds, 1000],
    ['a head is given up before the next request asks for it', headTimeoutMilliseconds, askMilliseconds],
    [
      'where a copy is held, less time is allowed than where none is',
      headTimeoutMilliseconds,
      readTimeoutMilliseconds,
    ],
    [
      'visits are written down before their writer counts as lost',
      gatherMilliseconds,
      writeTimeoutMilliseconds,
    ],
    ['the tables in memory take less than half of an isolate', tableBytes, platform.isolateBytes / 2],
    [
      'the lines of an import, and a save of some of them, leave room beside them',
      tableBytes + maxLinesBytes + 4 * bytesPerSave,
      platform.isolateBytes / 2,
    ],
    ['one article at least fits into a save', maxArticleBytes, bytesPerSave],
  ],
  deliveries: [
    [
      'a job makes no more requests than an invocation may',
      deliver.batch * callbacksPerJob,
      platform.requestsPerInvocation,
    ],
    [
      'and one less at once than the platform lets wait, for the queue',
      concurrentCalls + 1,
      platform.connections,
    ],
    [
      'what a job hands on ends before the platform ends it',
      callTimeoutMilliseconds + 2 * readTimeoutMilliseconds,
      platform.waitUntilMilliseconds,
    ],
    [
      'a job waits no longer for its last calls than for a free connection',
      tailMilliseconds,
      stuckMilliseconds,
    ],
    ['a callback that holds up a job is slow', slowMilliseconds, stuckMilliseconds],
    ['a callback is slow before it is given up', slowMilliseconds, callTimeoutMilliseconds],
    ['a job ends before its claims lapse', jobMilliseconds, deliveryClaimMilliseconds],
    [
      'a job that was killed comes again after they have',
      deliveryClaimMilliseconds,
      deliver.retries * deliver.delaySeconds * 1000,
    ],
    [
      'a callback has answered before its verification’s claim lapses',
      callTimeoutMilliseconds + 3 * readTimeoutMilliseconds,
      verificationClaimMilliseconds,
    ],
    [
      'a verification is tried again before it is dropped',
      verificationClaimMilliseconds + cronMilliseconds,
      verificationTimeoutMilliseconds,
    ],
    ['what failed is called again no sooner than cron looks', cronMilliseconds, minRetryMilliseconds],
    ['pauses grow', minRetryMilliseconds, maxRetryMilliseconds],
    ['a new revision is tried before the longest pause ends', retryAfterMilliseconds, maxRetryMilliseconds],
    ['the usual lease outlasts the longest pause', maxRetryMilliseconds, defaultLeaseSeconds * 1000],
    [
      'the shortest lease outlasts a job and the next run of cron',
      deliveryClaimMilliseconds + cronMilliseconds,
      minLeaseSeconds * 1000,
    ],
    ['the usual lease is none shorter than the shortest', minLeaseSeconds, defaultLeaseSeconds],
    ['and none longer than the longest', defaultLeaseSeconds, maxLeaseSeconds],
    ['a callback has no more subscriptions than a host', caps.ofCallback, caps.ofHost],
    ['a host has no more than the hub', caps.ofHost, caps.subscriptions],
    ['a host has no more requests that wait than the hub', caps.pendingOfHost, caps.pending],
    ['a client has half as many as a host at most', 2 * caps.pendingOfClient, caps.pendingOfHost],
    [
      'a client makes the hub call one host a third as often as all clients at most',
      3 * rateOf('CLIENT_CALLBACKS').limit,
      rateOf('CALLBACKS').limit,
    ],
    [
      'a form holds the longest callback, a topic as long and the longest secret, each byte percent-encoded',
      3 * (2 * maxCallbackCharacters + secretBytesLimit),
      maxFormBytes,
    ],
  ],
  documents: [
    [
      'the largest article goes to the store, in which its quotation marks may be escaped',
      1.5 * maxArticleBytes,
      maxListBytes,
    ],
    ['a list of articles is a text that D1 takes', maxListBytes, platform.textBytes],
    ['a page is no longer than the longest feed', pageLength(maxFeedLength), maxFeedLength],
    [
      'a page of an intersection is found among those looked at',
      pageLength(maxFeedLength),
      maxLookedAtArticles,
    ],
    [
      'a sitemap of articles has no more than the protocol allows',
      archivesPerSitemap * articlesPerArchive,
      50_000,
    ],
    ['a sitemap of selections has no more addresses than the protocol allows', selectionsPerSitemap, 50_000],
    ['a sitemap index has no more sitemaps than the protocol allows', maxSitemaps, 50_000],
    ['the longest feed is no longer than an archive', maxFeedLength, articlesPerArchive],
  ],
}

describe.for(Object.entries(ordered))('%s', ([, rows]) => {
  test.for(rows)('%s: %d is at most %d', ([, less, more]) => {
    expect(less).toBeGreaterThan(0)
    expect(less).toBeLessThanOrEqual(more)
  })
})

const equal: Row[] = [
  ['a copy stands in for the store as long as at the edge', maxStaleMilliseconds, staleIfErrorSeconds * 1000],
  ...ratelimits.map(
    ({ name, simple }): Row => [
      `${name}: a refused client waits for one period`,
      retrySeconds,
      simple.period,
    ],
  ),
  [
    'one feed that is asked for without a pause is counted as often as the limit of readers allows',
    60_000 / freshMilliseconds,
    rateOf('READERS').limit,
  ],
  [
    'the refusal says how many requests were too many',
    Number(/more than (\d+) times in a minute/.exec(textOf('src/routes/rate.ts'))?.[1]),
    freeRequests + rateOf('READERS').limit,
  ],
]
test.for(equal)('%s: %d is %d', ([, one, other]) => {
  expect(one).toBe(other)
})

test('the queues of the hub differ in nothing but their jobs', () => {
  expect(hubQueues).toEqual(hubQueues.map(() => deliver))
})

test('cron comes each minute, here and in a local run', () => {
  expect(triggers.crons).toEqual(['* * * * *'])
  expect(textOf('src/cli/start.ts')).toContain('const cronMilliseconds = 60_000\n')
})
