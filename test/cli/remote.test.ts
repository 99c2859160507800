import { expect, test, vi } from 'vitest'
import { remoteTarget } from '../../src/cli/remote.ts'

/** A Kiosque that gives one answer to every request, and the requests that it got. */
function serverAnswering(status: number, body?: object) {
  const requests: string[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (address, init) => {
    requests.push(`${init?.method} ${address}`)
    return new Response(body && JSON.stringify(body), { status })
  })
  return { requests, target: remoteTarget('https://kiosque.example', 't') }
}

const state = { revision: 1, selections: 2, articles: 3, archives: 4 }

test('a Kiosque says in which time zone dates without a zone are', async () => {
  const { requests, target } = serverAnswering(200, { ...state, timeZone: 'Europe/Paris' })
  expect(await target.timeZone()).toBe('Europe/Paris')
  expect(requests).toEqual(['GET https://kiosque.example/api/backup'])
})

test('the first line of a backup has no time zone, so that every version can import it', async () => {
  const { target } = serverAnswering(200, { ...state, timeZone: 'Europe/Paris' })
  expect(await target.backup.state()).toEqual(state)
})

test.for([
  ['does not tell its zone', 200, state],
  ['has no such address', 404, { detail: 'Cannot find' }],
] as const)('of an earlier version that %s, the zone is unknown', async ([, status, body]) => {
  expect(await serverAnswering(status, body).target.timeZone()).toBeUndefined()
})

test('a refusal is no unknown zone', async () => {
  const { target } = serverAnswering(403, { detail: 'The token lacks the scope "read"' })
  await expect(target.timeZone()).rejects.toThrow('The token lacks the scope "read"')
})

test.for([
  [200, true],
  [301, true],
  [404, false],
  [410, false],
  [429, true],
  [500, true],
] as const)('a path that answers %i is a file: %o', async ([status, isFile]) => {
  const { requests, target } = serverAnswering(status)
  expect(await target.hasFile('/media/a.jpg')).toBe(isFile)
  expect(requests).toEqual(['HEAD https://kiosque.example/media/a.jpg'])
})

test('a site that does not answer is no site without the file', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('offline'))
  expect(await remoteTarget('https://kiosque.example', 't').hasFile('/media/a.jpg')).toBe(true)
})
