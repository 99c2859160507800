import { expect, test } from 'vitest'
import { renderFeedPage } from '../../src/pages/feed/page.tsx'
import { feedPolicy } from '../../src/pages/parts/policy.ts'
import { sampleArticle, site } from '../render/samples.ts'

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>' style='x \u2028</title></style>`

const feeds = [
  { type: 'application/rss+xml', title: 'RSS', url: 'https://kiosque.example/feed.rss' },
  { type: 'application/atom+xml', title: 'Atom', url: 'https://kiosque.example/feed.atom' },
]

const pageOf = (differs = {}, language = 'fr-CA'): string =>
  renderFeedPage({
    site: { ...site, language },
    selection: { path: 'tags/x', title: hostile },
    articles: [sampleArticle({ title: hostile, summary: hostile })],
    feed: feeds[0] as (typeof feeds)[number],
    feeds,
    newest: true,
    raw: 'https://kiosque.example/feed.rss?raw=',
    ...differs,
  })

test('no text becomes markup', () => {
  for (const host of [undefined, hostile, `https://x.example/${encodeURI(hostile)}`]) {
    const page = pageOf({ host })
    expect(page, host).not.toMatch(/<script|<img/)
    const tags = page.match(/<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi) ?? []
    const bare = tags.map((tag) => tag.replace(/"[^"]*"/g, '""'))
    expect(
      bare.filter((tag) => /\s(?:style|on\w+)\s*=/i.test(tag)),
      host,
    ).toEqual([])
  }
})

test('the policy lets in its styles and its form, and nothing more', async () => {
  const policy = feedPolicy()
  for (const [, style = ''] of pageOf().matchAll(/<style>(.*?)<\/style>/gs)) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    expect(policy, style).toContain(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`)
  }
  expect(policy).toContain("form-action 'self'")
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|form-action 'none'/)
})

test('every field has a label, and every link that leaves the site says so', () => {
  const page = pageOf({ host: 'lecture.example' })
  for (const [, id] of page.matchAll(/<input id="(\w+)"/g))
    expect(page, id).toMatch(new RegExp(`<label[^>]* for="${id}"`))
  const outward = page.match(/<a href="https:\/\/(?!kiosque)[^>]*>/g) ?? []
  expect(outward).toHaveLength(7)
  for (const link of outward) expect(link).toContain('target="_blank" rel="noopener noreferrer nofollow"')
})

test('a site says it in its language', () => {
  expect(pageOf({}, 'de')).toContain('<p class="kicker">RSS-Feed</p>')
  expect(pageOf({ feed: { ...feeds[0], title: 'JSON Feed' } }, 'de')).toContain(
    '<p class="kicker">JSON Feed</p>',
  )
  expect(pageOf({}, 'en')).toContain('<p class="kicker">RSS feed</p>')
  expect(pageOf({}, 'fr-FR')).toContain('<p class="kicker">Flux RSS</p>')
})
