import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import worker from '../../src/index.ts'
import { fillCodes } from '../../src/read/short-link.ts'
import { codeOf } from '../../src/share/code.ts'
import { shortLinks } from '../../src/store/short-link.ts'
import { fillStore } from './filled.ts'
import { openSite, start } from './site.ts'
import { watch } from './watched.ts'

const strange = '22222222222'

/** The number of articles whose short-link code is not stored yet. */
const missing = () =>
  env.DB.prepare('SELECT count(*) FROM article WHERE code IS NULL').first<number>('count(*)')

/**
 * Opens a test site as it is right after an upgrade: the site has `count` articles, and their short-link codes
 * are not stored yet. Article 1 is the oldest.
 */
async function upgraded(count: number) {
  await fillStore(count)
  const site = await openSite()
  site.at('2025-06-01T00:00:00Z')
  return { site, oldest: await codeOf('urn:a:1'), newest: await codeOf(`urn:a:${count}`) }
}

describe('the code of a short link', () => {
  test('is written down with the save, of a draft too', async () => {
    const site = await openSite()
    await site.put('ete', { id: 'urn:x:ete' })
    await site.put('note', { id: 'urn:x:note', status: 'draft' })
    const { results } = await env.DB.prepare('SELECT code FROM article ORDER BY number').all()
    expect(results).toEqual([{ code: await codeOf('urn:x:ete') }, { code: await codeOf('urn:x:note') }])
  })

  test('that an upgrade left: the newest are found at once, no other is ever a 404', async () => {
    const { site, oldest, newest } = await upgraded(1800)
    expect((await site.get(`/s/${newest}.x`)).status).toBe(302)
    const statuses: number[] = []
    for (let second = 0; second < 4; second++) {
      site.wait(1000)
      const response = await site.get(`/s/${oldest}.x`)
      statuses.push(response.status)
      if (response.status !== 503) continue
      expect(response.headers.get('Retry-After')).toBe('60')
      expect(response.headers.get('Cache-Control')).toBe('no-store')
    }
    expect(statuses).toEqual([503, 302, 302, 302])
    expect((await site.get(`/s/${strange}`)).status).toBe(404)
  })

  test('strangers who ask for codes that nobody has cause 500 to be written in a second at most', async () => {
    const { site } = await upgraded(1600)
    for (let second = 1; second <= 3; second++) {
      for (const last of '123456789') {
        expect((await site.get(`/s/${strange.slice(1)}${last}`)).status, `${second}, ${last}`).toBe(503)
      }
      expect(await missing()).toBe(1600 - second * 500)
      site.wait(1000)
    }
  })

  test('an unknown one is one row read at most, once all are known to be written down', async () => {
    await fillStore(1200)
    await fillCodes(shortLinks(env.DB))
    const { database, seen } = watch(env.DB)
    const site = await openSite({}, 'd1d1d1d1', start, database)
    await site.get(`/s/${strange}`)
    for (const path of [`/s/${strange}`, `/s/${strange}.x`, `/qr/${strange}.svg`]) {
      seen.length = 0
      expect((await site.get(path)).status, path).toBe(404)
      expect(
        seen.map(({ rowsRead }) => rowsRead),
        path,
      ).toEqual([0])
    }
  })

  test('cron writes down what is missing, 4,000 in one run', async () => {
    await fillStore(4600)
    const run = async () => {
      const context = createExecutionContext()
      await worker.scheduled(createScheduledController(), env, context)
      await waitOnExecutionContext(context)
      return missing()
    }
    expect([await run(), await run(), await run()]).toEqual([600, 0, 0])
    const { results } = await env.DB.prepare('SELECT id, code FROM article WHERE number IN (1, 4600)').all()
    expect(results).toHaveLength(2)
    for (const { id, code } of results) expect(code).toBe(await codeOf(id as string))
  })
})
