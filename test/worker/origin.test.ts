import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import worker from '../../src/index.ts'
import { openSite } from './site.ts'

const requests: [what: string, path: string, init: RequestInit][] = [
  ['a feed', '/feed.rss', {}],
  ['a feed from memory', '/feed.rss', {}],
  ['HEAD', '/feed.rss', { method: 'HEAD' }],
  ['304', '/feed.rss', { headers: { 'If-None-Match': '*' } }],
  ['a negotiated feed', '/feed', { headers: { Accept: 'application/atom+xml' } }],
  ['a page', '/articles/un', {}],
  ['a page for a person', '/feed.rss', { headers: { 'Sec-Fetch-Dest': 'document' } }],
  ['404', '/articles/deux', {}],
  ['an answer that only a deployment changes', '/e/v1.js', {}],
  ['the API', '/api/openapi.json', {}],
]

/** The answers of the Worker, with an execution context that has the given properties. */
async function varied(context: object): Promise<string[][]> {
  const site = await openSite()
  await site.put('un')
  const answers: string[][] = []
  for (const [what, path, init] of requests) {
    const request = new Request(`https://kiosque.example${path}`, init) as Parameters<typeof worker.fetch>[0]
    const answer = await worker.fetch(request, env, Object.assign(createExecutionContext(), context))
    await answer.arrayBuffer()
    const date = Date.parse(answer.headers.get('Date') ?? '')
    answers.push([what, answer.headers.get('Vary') ?? '', String(Math.abs(Date.now() - date) < 60_000)])
  }
  return answers
}

const chosen = [
  'Sec-Fetch-Dest, A-IM',
  'Sec-Fetch-Dest, A-IM',
  'Sec-Fetch-Dest, A-IM',
  'Sec-Fetch-Dest, A-IM',
]
const usual = [...chosen, 'Accept, Sec-Fetch-Dest, A-IM', '', 'Sec-Fetch-Dest', '', '', '']

test('behind Workers Cache, no answer varies by Accept-Encoding or has a Date, because the edge sees to both', async () => {
  const cache = { purge: async () => ({ success: true }) }
  expect(await varied({ cache })).toEqual(requests.map(([what], at) => [what, usual[at], 'false']))
})

test('without Workers Cache, as in a local run, every answer varies by Accept-Encoding and has a Date', async () => {
  const local = usual.map((vary) => [...(vary ? [vary] : []), 'Accept-Encoding'].join(', '))
  expect(await varied({})).toEqual(requests.map(([what], at) => [what, local[at], 'true']))
})
