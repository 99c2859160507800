import { expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { readXml } from '../render/read-xml.ts'
import { type CommentSite, commentOn, openComments } from './comment-site.ts'

const page = '/articles/un/comments'

/** A thread in which each comment answers the one before, the first one without a parent. The ids are the names. */
async function openThread(names: readonly string[]): Promise<CommentSite> {
  const site = await openComments({ COMMENTS: 'open' })
  await site.put('un', { title: 'Le pont' })
  for (const [at, name] of names.entries()) {
    const parent = names[at - 1]
    const more = { name, ...(parent !== undefined && { parent }) }
    await site.ports.commenting.comments.add({ ...commentOn('un', name), ...more })
    site.wait(1000)
  }
  return site
}

const textOf = async (site: CommentSite, path: string) => (await site.get(path)).text()

/** The links of a page that say whom a comment answers. */
const answeringIn = (html: string) =>
  [...html.matchAll(/<a href="([^"]*)"><bdi>(Réponse à [^<]*)<\/bdi>/g)].map(
    ([, href, said]) => `${said} ${href}`,
  )

test('a reply that does not stand under what it answers says whom it answers', async () => {
  const site = await openThread(['Ada', 'Bea', 'Cid', 'Dan', 'Eve'])
  expect(answeringIn(await textOf(site, page))).toEqual([
    `Réponse à Cid ${page}?comment=Cid#c-Cid`,
    `Réponse à Dan ${page}?comment=Dan#c-Dan`,
  ])
  const { threads } = (await (await site.get(`${page}.json`)).json()) as {
    threads: { replies: { id: string; answering?: string }[] }[]
  }
  expect(threads[0]?.replies.map(({ id, answering }) => `${id} to ${answering}`)).toEqual([
    ...['Bea to Ada', 'Cid to Bea', 'Dan to Cid', 'Eve to Dan'],
  ])
})

test('nobody learns of a comment that is not public from the replies to it: no name, and no address that leads nowhere', async () => {
  const site = await openThread(['Ada', 'Bea', 'Cid', 'Dan', 'Eve'])
  const formats = formatNames.map((format) => `${page}/feed.${format}`)
  const hrefOf = (id: string) => `?comment=${id}#c-${id}`
  for (const path of formats) expect(await textOf(site, path), path).toContain(hrefOf('Cid'))
  await site.ports.commenting.comments.decide(['Cid'], 'spam')
  site.wait(60_000)
  expect(answeringIn(await textOf(site, page))).toEqual([])
  for (const path of [page, `${page}.json`, ...formats]) {
    const text = await textOf(site, path)
    expect(
      [text.includes(hrefOf('Cid')), />Cid|"Cid"/.test(text.replace('"parent": "Cid"', ''))],
      path,
    ).toEqual([false, false])
  }
  const atom = readXml(await textOf(site, `${page}/feed.atom`))
  expect(JSON.stringify(atom)).toContain('urn:kiosque:comment:Cid')
  await site.ports.commenting.comments.decide(['Cid'], 'approved')
  site.wait(60_000)
  for (const path of formats) expect(await textOf(site, path), path).toContain(hrefOf('Cid'))
})
