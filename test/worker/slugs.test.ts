import { describe, expect, test } from 'vitest'
import { repeated } from '../repeated.ts'
import { openSite } from './site.ts'

const daily = { title: 'Météo', text: 'Pluie.' }

async function slugOf(response: Response): Promise<string> {
  return ((await response.json()) as { slug: string }).slug
}

describe('a slug that is made of the title', () => {
  test('is free however many articles have the title', async () => {
    const site = await openSite()
    const lines = Array.from({ length: 120 }, (_, at) =>
      JSON.stringify({ ...daily, slug: at === 0 ? 'meteo' : `meteo-${at + 1}` }),
    )
    const filled = await site.call('POST', '/api/articles', lines.join('\n'), {
      'Content-Type': 'application/x-ndjson',
    })
    await filled.arrayBuffer()
    const posted = await site.call('POST', '/api/articles', daily)
    expect([posted.status, await slugOf(posted)]).toEqual([201, 'meteo-121'])
    const imported = await site.call(
      'POST',
      '/api/articles',
      JSON.stringify({ ...daily, id: 'urn:x:demain' }),
      { 'Content-Type': 'application/x-ndjson' },
    )
    expect(JSON.parse(new TextDecoder().decode(await imported.arrayBuffer()))).toMatchObject({
      status: 201,
      slug: 'meteo-122',
    })
  })

  test('is none that leads to another article', async () => {
    const site = await openSite()
    await site.put('meteo', { id: 'urn:x:1' })
    await site.put('meteo-de-lundi', { id: 'urn:x:1' })
    const posted = await site.call('POST', '/api/articles', daily)
    expect([posted.status, await slugOf(posted)]).toEqual([201, 'meteo-2'])
    const lines = [{ ...daily, id: 'urn:x:3' }, { title: 'Autre' }].map((line) => JSON.stringify(line))
    const imported = await site.call('POST', '/api/articles', lines.join('\n'), {
      'Content-Type': 'application/x-ndjson',
    })
    const answers = new TextDecoder()
      .decode(await imported.arrayBuffer())
      .trim()
      .split('\n')
    expect(answers.map((line) => JSON.parse(line).slug)).toEqual(['meteo-3', 'autre'])
    expect((await site.get('/articles/meteo')).headers.get('Location')).toBe(
      'https://kiosque.example/articles/meteo-de-lundi',
    )
  })

  test('is another for each of many that come at once', async () => {
    const site = await openSite()
    const posted = await Promise.all(
      Array.from({ length: 8 }, () => site.call('POST', '/api/articles', daily)),
    )
    expect(posted.map(({ status }) => status)).toEqual(Array(8).fill(201))
    const slugs = await Promise.all(posted.map(slugOf))
    expect(repeated(slugs)).toEqual([])
  })

  test('is not changed where it was given', async () => {
    const site = await openSite()
    await site.put('meteo')
    expect((await site.call('POST', '/api/articles', { ...daily, slug: 'meteo' })).status).toBe(409)
  })
})
