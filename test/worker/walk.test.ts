import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { openSite, type TestSite, token } from './site.ts'
import { walk } from './walk.ts'

/**
 * The publication dates of the sample articles. In June there are more articles than one archive holds; May has
 * none, and April and March have a few.
 */
const dates = [
  ...Array.from({ length: 115 }, (_, at) => Date.parse('2024-06-01T00:00:00Z') + at * 900_000),
  ...Array.from({ length: 12 }, (_, at) => Date.parse('2024-04-01T00:00:00Z') + at * 86_400_000),
  ...Array.from({ length: 3 }, (_, at) => Date.parse('2024-03-30T00:00:00Z') + at * 86_400_000),
]

const filed = { section: 'Monde', tags: ['Été'], authors: ['Kim'] }

const input = (at: number, published: number, more: object = {}) => ({
  id: `urn:a:${at}`,
  slug: `a${at}`,
  title: `Article ${at}`,
  text: 'Un paragraphe.',
  published: new Date(published).toISOString(),
  ...filed,
  ...more,
})

/**
 * Opens a test site with one article for each sample date, and with some articles that are not public. The
 * articles are not saved in the order of their dates.
 */
async function filledSite(filing: (at: number) => object = () => ({})): Promise<TestSite> {
  const admin = { API_TOKENS: `tests:admin:${await hashOf(token)}` }
  const site = await openSite({ FEED_LENGTH: '12', ...admin })
  const articles = dates
    .map((published, at) => input(at, published, filing(at)))
    .sort((one, other) => (one.title < other.title ? -1 : 1))
  const hidden = [
    input(1000, Date.parse('2024-06-02T00:10:00Z'), { rights: { syndicate: 'none' } }),
    input(1001, Date.parse('2024-06-02T00:11:00Z'), { embargo: '2024-07-01T00:00:00Z' }),
    input(1002, Date.parse('2024-06-02T00:12:00Z'), { status: 'draft' }),
    input(1003, Date.parse('2024-06-02T00:13:00Z'), { expires: '2024-06-03T00:00:00Z' }),
  ]
  const lines = [...articles, ...hidden].map((article) => JSON.stringify(article)).join('\n')
  const answer = await site.call('POST', '/api/articles', lines, { 'Content-Type': 'application/x-ndjson' })
  const told = new TextDecoder().decode(await answer.arrayBuffer())
  expect(told.match(/"saved":"created"/g)).toHaveLength(articles.length + hidden.length)
  return site
}

/**
 * The changes that an editor makes during a walk through the archives: a new article, an article with an old
 * date, a withdrawal, a correction, and an article whose date moves to another month.
 */
function editing(site: TestSite) {
  let documents = 0
  let step = 0
  const withdrawn = ['a100', 'a3', 'a120']
  return async () => {
    if (documents++ % 2) return
    site.wait(1500)
    await site.put(`neuf-${step}`, { id: `urn:n:${step}`, ...filed })
    await site.put(`ancien-${step}`, { id: `urn:o:${step}`, published: '2024-04-05T00:30:00Z', ...filed })
    const gone = withdrawn[step]
    if (gone) await site.call('DELETE', `/api/articles/${gone}`)
    await site.put(`a${50 + step}`, {
      ...input(50 + step, dates[50 + step] as number),
      title: `Corrigé ${step}`,
    })
    await site.put('bouge', { id: 'urn:m', published: `2024-0${(step % 6) + 1}-10T00:00:00Z`, ...filed })
    step++
  }
}

const expected = dates.map((_, at) => `urn:a:${at}`).filter((id) => !/^urn:a:(100|3|120)$/.test(id))
const secret = [1000, 1001, 1002, 1003].map((at) => `urn:a:${at}`)
const selections = ['', '/sections/monde', '/tags/ete', '/authors/kim']

describe('from the newest feed to the first article, while articles come, change and go', () => {
  const cases = selections.flatMap((selection) =>
    formatNames.flatMap((format) =>
      (['next', 'prev-archive'] as const).map(
        (relation) => [`${selection}/feed.${format}`, relation] as const,
      ),
    ),
  )
  test.for(cases)('%s, by %s', async ([address, relation]) => {
    const site = await filledSite()
    const { ids, documents } = await walk((path) => site.get(path), address, relation, editing(site))
    expect(expected.filter((id) => !ids.has(id))).toEqual([])
    expect(secret.filter((id) => ids.has(id))).toEqual([])
    expect(documents).toBeGreaterThan(relation === 'next' ? 10 : 5)
  })

  test('by pages of an intersection', async () => {
    const site = await filledSite()
    const address = '/feed.atom?section=monde&tag=ete'
    const { ids } = await walk((path) => site.get(path), address, 'next', editing(site))
    expect(expected.filter((id) => !ids.has(id))).toEqual([])
    expect(secret.filter((id) => ids.has(id))).toEqual([])
  })

  /**
   * Two thirds of the sample articles have the tag `Été`. One sample article in four is in the section
   * `Culture`; the others are in `Monde`.
   */
  const filing = (at: number) => ({
    tags: at % 3 ? ['Été'] : ['Hiver'],
    section: at % 4 ? 'Monde' : 'Culture',
  })
  const inBoth = expected.filter(
    (id) => id !== 'urn:a:1' && Number(id.slice(6)) % 3 && Number(id.slice(6)) % 4,
  )

  /**
   * The changes that an editor makes during a walk through an intersection: a new article, an article with an
   * old date, a correction with a new slug, a withdrawal, and new names for the section and the tag of the
   * intersection.
   */
  function editingBoth(site: TestSite) {
    let step = 0
    let section = 'Monde'
    return async () => {
      site.wait(1500)
      const both = { section, tags: ['Été'], authors: ['Kim'] }
      await site.put(`neuf-${step}`, { id: `urn:n:${step}`, ...both })
      await site.put(`ancien-${step}`, { id: `urn:o:${step}`, published: '2024-04-05T00:30:00Z', ...both })
      // The sample article with this number has the tag and the section of the intersection, and so has the
      // corrected article.
      const at = 49 + 12 * step
      const { slug: _, ...corrected } = input(at, dates[at] as number, { ...both, title: `Corrigé ${step}` })
      expect((await site.put(`corrige-${step}`, corrected)).status).toBe(200)
      if (step === 0) await site.call('DELETE', '/api/articles/a1')
      if (step === 1) {
        await site.call('PUT', '/api/sections/monde', { name: 'Planète' })
        section = 'Planète'
      }
      // The addresses of the intersection's archives start with the tag's path, so a new name of the tag
      // changes these addresses.
      if (step === 2) await site.call('PUT', '/api/tags/ete', { name: 'Soleil' })
      step++
    }
  }

  test.for(formatNames)('by archives of an intersection: %s', async (format) => {
    const site = await filledSite(filing)
    const address = `/feed.${format}?section=monde&tag=ete`
    const { ids, documents, redirects } = await walk(
      (path) => site.get(path),
      address,
      'prev-archive',
      editingBoth(site),
    )
    expect(inBoth.length).toBeGreaterThan(50)
    expect(inBoth.filter((id) => !ids.has(id))).toEqual([])
    expect([...ids].filter((id) => id.startsWith('urn:a:') && !inBoth.includes(id))).toEqual([])
    expect(documents).toBeGreaterThan(3)
    expect(redirects).toBe(2)
  })

  test('nothing comes twice where nothing is edited', async () => {
    const site = await filledSite()
    for (const relation of ['next', 'prev-archive'] as const) {
      const { ids, repeats } = await walk(
        (path) => site.get(path),
        '/feed.atom',
        relation,
        async () => {},
      )
      expect(ids.size, relation).toBe(dates.length)
      // The walk along `prev-archive` repeats the newest feed's twelve articles because archives hold these
      // articles too.
      expect(repeats, relation).toBe(relation === 'next' ? 0 : 12)
    }
  })
})
