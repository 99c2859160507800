import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { readBackup } from '../../src/cli/backup.ts'
import { type ListedKind, lineKinds } from '../../src/domain/backup.ts'
import { openSmall, settings, sourceOf } from './backups.ts'
import { openSite, type TestSite } from './site.ts'

const hour = 3_600_000
const section = (name: string) => ({ section: name, tags: ['Été'] })

/** What may happen to the articles `un`, `retire` and `brouillon` during an export. */
const meanwhile: [what: string, change: (site: TestSite) => Promise<unknown>][] = [
  ['a correction', (site) => site.put('un', { ...section('Monde'), note: 'Corrigé.' })],
  ['a new article in a new section', (site) => site.put('neuf', section('Culture'))],
  ['a withdrawal', (site) => site.call('DELETE', '/api/articles/un')],
  ['the deletion of a draft', (site) => site.call('DELETE', '/api/articles/brouillon')],
  ['another slug', (site) => site.put('une', { ...section('Monde'), id: 'urn:x:un' })],
  ['a rename', (site) => site.call('PUT', '/api/sections/monde', { name: 'International' })],
  ['a rename in the same key', (site) => site.call('PUT', '/api/tags/ete', { name: 'ÉTÉ' })],
]

describe('an export during which something is saved', () => {
  test.for(meanwhile.flatMap(([what, change]) => lineKinds.map((kind) => ({ what, change, kind }))))(
    'is the state afterwards: $what after the $kind were read',
    async ({ change, kind }) => {
      const site = await openSmall()
      await site.put('un', { ...section('Monde'), id: 'urn:x:un' })
      await site.put('retire', section('Monde'))
      await site.put('brouillon', { status: 'draft' })
      await site.call('DELETE', '/api/articles/retire')
      site.wait(hour)
      const source = sourceOf(site)
      let isChanged = false
      async function* lines(which: ListedKind, since: number | undefined) {
        yield* source.backup.lines(which, since)
        if (which !== kind || isChanged) return
        isChanged = true
        await change(site)
      }
      const backup = await readBackup({ ...source, backup: { ...source.backup, lines } })
      expect(backup).toEqual(await readBackup(source))
    },
  )
})

test('an export reads no more JSON at once than a Worker can hold, and still every article', async () => {
  const site = await openSmall()
  const slugs = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const slug of slugs) await site.put(slug)
  await env.DB.prepare(
    `UPDATE article SET json = json_set(json, '$.html', '<p>' || hex(zeroblob(450000)) || '</p>')`,
  ).run()
  const page = (await (await site.call('GET', '/api/backup/articles')).json()) as { lines: object[] }
  expect(page.lines.length).toBe(5)
  const { lines } = await readBackup(sourceOf(site))
  expect(lines.flatMap((line) => ('slug' in line ? [line.slug] : []))).toEqual(slugs)
})

test('the state of the store can be the first line of a backup, although it also tells the time zone', async () => {
  const site = await openSite({ ...(await settings()), TIME_ZONE: 'Europe/Paris' })
  const state = await (await site.call('GET', '/api/backup')).json()
  expect(state).toEqual({ revision: 0, selections: 1, articles: 0, archives: 0, timeZone: 'Europe/Paris' })
  const line = JSON.stringify({ kind: 'backup', ...(state as object), revision: 1 })
  const type = { 'Content-Type': 'application/x-ndjson' }
  expect((await site.call('POST', '/api/restore', line, type)).status).toBe(200)
  const end = { ...(state as object), revision: 1, exact: true }
  expect((await site.call('POST', '/api/restore/complete', end)).status).toBe(200)
})
