import { describe, expect, test } from 'vitest'
import { renderPush, writePush } from '../../src/render/push.ts'
import { sampleArticle, site } from './samples.ts'

const maxBytes = 3993
const how = { language: 'fr-CA', tag: 'a'.repeat(32) }
const shown = (
  article: Parameters<typeof sampleArticle>[0],
  kind: 'published' | 'corrected' | 'withdrawn' = 'published',
) => renderPush(site, { kind, article: sampleArticle(article) }, how).notification
const parse = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes))

describe('a notification', () => {
  test('has the language and direction of the article', () => {
    expect(shown({ language: 'ar', title: 'خبر' })).toMatchObject({ lang: 'ar', dir: 'rtl', title: 'خبر' })
  })

  test('is in the language of the person if it is about the site', () => {
    const { notification } = renderPush(site, { kind: 'withdrawn' }, { ...how, language: 'de' })
    expect(notification).toMatchObject({ title: 'Artikel zurückgezogen', lang: 'de' })
  })

  test('shortens a long title and summary at a word', () => {
    const { title, body = '' } = shown({ title: 'mot '.repeat(100), summary: 'mot '.repeat(500) })
    expect([title.length <= 150, body.length <= 200]).toEqual([true, true])
    expect([title.endsWith('mot…'), body.endsWith('mot…')]).toEqual([true, true])
  })

  test('has no text if the article has no summary', () => {
    expect(shown({ summary: '' })).not.toHaveProperty('body')
  })

  test('shows the note of a correction, unless others may show only the summary', () => {
    const corrected = { note: 'La date était fausse.', summary: 'Le sommaire.' }
    expect(shown(corrected, 'corrected').body).toBe('La date était fausse.')
    const rights = { syndicate: 'summary' } as const
    expect(shown({ ...corrected, rights }, 'corrected').body).toBe('Le sommaire.')
    const image = { url: '/media/a.jpg' }
    const none = shown({ ...corrected, image, rights: { syndicate: 'none' } }, 'corrected')
    expect([none.body, none.image]).toEqual([undefined, undefined])
  })

  test('leads to the page on this site if the address elsewhere is too long', () => {
    expect(shown({ url: `https://journal.example/${'a'.repeat(2000)}`, slug: 'un' }).navigate).toBe(
      'https://kiosque.example/articles/un',
    )
    expect(shown({ url: 'https://journal.example/un' }).navigate).toBe('https://journal.example/un')
  })
})

describe('written as JSON', () => {
  const long = `https://images.example/${'a'.repeat(3900)}.jpg`
  const image = { url: long, width: 1, height: 1 }

  test.for<[what: string, article: Parameters<typeof sampleArticle>[0], without: string[]]>([
    ['an ordinary article', { image: { url: 'https://images.example/a.jpg', width: 1, height: 1 } }, []],
    ['a picture with a long address', { image }, ['image']],
    ['texts of four-byte characters', { title: '𝔸'.repeat(200), summary: '𝔸'.repeat(300), image }, ['image']],
    ['texts of controls', { title: '\u0001'.repeat(200), summary: '\u0001'.repeat(300), image }, ['image']],
  ])('%s fits a message', ([, article, without]) => {
    const message = renderPush(site, { kind: 'published', article: sampleArticle(article) }, how)
    const written = writePush(message, maxBytes)
    expect(written.length).toBeLessThanOrEqual(maxBytes)
    const { web_push, notification } = parse(written)
    expect(web_push).toBe(8030)
    expect(notification).toMatchObject({ title: message.notification.title, tag: how.tag })
    const left = Object.keys(message.notification).filter((name) => !(name in notification))
    expect(left).toEqual(without)
  })

  test('the picture goes first, then the icon, then the text', () => {
    const message = renderPush(site, { kind: 'published', article: sampleArticle({ image }) }, how)
    const full = writePush(message, 10_000).length
    const names = (bytes: number) => Object.keys(parse(writePush(message, bytes)).notification)
    expect(names(full)).toContain('image')
    const small = writePush(message, full - 1).length
    expect(names(full - 1)).not.toContain('image')
    const smaller = writePush(message, small - 1).length
    expect([names(small - 1).includes('icon'), names(small - 1).includes('body')]).toEqual([false, true])
    expect(names(smaller - 1)).not.toContain('body')
  })
})

describe('a digest', () => {
  const digest = (titles: string[], selections: string[], isCut = false) =>
    renderPush(
      site,
      {
        kind: 'digest',
        isCut,
        articles: titles.map((title) => sampleArticle({ title, slug: title.toLowerCase() })),
        choices: selections.map((selection) => ({ selection, schedule: 'daily' as const })),
      },
      how,
    ).notification

  test.for<[titles: string[], selections: string[], title: string, body: string, path: string]>([
    [['A'], ['sections/monde'], 'Un nouvel article', 'A', 'articles/a'],
    [['A', 'B'], ['sections/monde'], '2 nouveaux articles', 'A\nB', 'sections/monde'],
    [['A', 'B'], ['sections/monde', 'tags/ponts'], '2 nouveaux articles', 'A\nB', ''],
    [['A', 'B'], [''], '2 nouveaux articles', 'A\nB', ''],
    [['A', 'B', 'C', 'D', 'E'], [''], '5 nouveaux articles', 'A\nB\nC\nD', ''],
  ])('of %j for %j is "%s"', ([titles, selections, title, body, path]) => {
    expect(digest(titles, selections)).toMatchObject({
      title,
      body,
      navigate: `https://kiosque.example/${path}`,
    })
  })

  test('that is cut says so', () => {
    expect(digest(['A', 'B'], [''], true).title).toBe('Plus de 2 nouveaux articles')
  })
})
