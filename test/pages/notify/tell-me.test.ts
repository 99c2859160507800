import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import type { Article } from '../../../src/domain/article.ts'
import { renderArticlePage } from '../../../src/pages/article/page.tsx'
import { notifyStyles } from '../../../src/pages/bundle.ts'
import { feedLinksOf } from '../../../src/pages/parts/feed-links.ts'
import { postal } from '../../render/mail/letters.ts'
import { sampleArticle, site } from '../../render/samples.ts'

const pageOf = (differs: Partial<Article> = {}, isOn = true): string =>
  renderArticlePage({
    ...{ site, share: [], notify: isOn ? { postal } : undefined },
    article: sampleArticle(differs),
    feeds: feedLinksOf(site, { path: 'articles/marche-d-ete' }),
  })

/** The boxes of the form: the value of each, and its label. */
const boxesIn = (page: string): string[][] =>
  [...parseHTML(page).document.querySelectorAll('#notify [name="selection"]')].map((box) => [
    box.getAttribute('value') ?? '',
    box.closest('label')?.textContent?.trim() ?? '',
  ])

const corrections = ['corrections/marche-d-ete', 'Corrections de cet article']

test.for<[what: string, differs: Partial<Article>, boxes: string[][]]>([
  [
    'section, authors, tags and corrections',
    {
      section: 'Monde',
      tags: ['Sommet', 'Asie de l’Est'],
      authors: [{ name: 'Kim Tremblay' }, { name: 'Noa Roy' }],
    },
    [
      ['sections/monde', 'Articles de la section Monde'],
      ['authors/kim-tremblay', 'Articles de Kim Tremblay'],
      ['authors/noa-roy', 'Articles de Noa Roy'],
      ['tags/sommet', 'Articles sur le sujet «\u00a0Sommet\u00a0»'],
      ['tags/asie-de-l-est', 'Articles sur le sujet «\u00a0Asie de l’Est\u00a0»'],
      corrections,
    ],
  ],
  ['corrections alone', { section: undefined as never, tags: [], authors: [] }, [corrections]],
  ['corrections alone, if no list has the article', { rights: { syndicate: 'none' } }, [corrections]],
  [
    'a tag by its present path',
    {
      ...{ section: undefined as never, authors: [], tags: ['Marché'] },
      keys: [{ path: 'tags/marches', name: 'Marché' }],
    },
    [['tags/marches', 'Articles sur le sujet «\u00a0Marché\u00a0»'], corrections],
  ],
])('an article offers %s', ([, differs, boxes]) => {
  expect(boxesIn(pageOf(differs))).toEqual(boxes)
})

test('the form is closed, nothing in it is ticked, and it posts to /subscribe in the language of the article', () => {
  const { document } = parseHTML(pageOf({ language: 'de' }))
  const part = document.querySelector('#notify')
  expect(part?.querySelector('details')?.hasAttribute('open')).toBe(false)
  expect(part?.querySelector('summary')?.textContent).toBe('Mich benachrichtigen über\u00a0…')
  expect(part?.querySelectorAll('[name="selection"][checked]')).toHaveLength(0)
  const form = part?.querySelector('form')
  expect([form?.getAttribute('method'), form?.getAttribute('action')]).toEqual(['post', '/subscribe'])
  expect(form?.querySelector('[name="language"]')?.getAttribute('value')).toBe('de')
})

test.for([
  ['fr-CA', '/subscribe'],
  ['en-CA', '/subscribe?lang=en-CA'],
  ['de', '/subscribe?lang=de'],
])('an article in %s leads to the whole form in its language', ([language = '', path = '']) => {
  const { document } = parseHTML(pageOf({ language }))
  const links = [...document.querySelectorAll('a[href*="/subscribe"]')].map((link) =>
    link.getAttribute('href'),
  )
  expect(links.toSorted()).toEqual([path, `https://kiosque.example${path}`])
})

test('without mail, the page shows no trace of it', () => {
  const bare = pageOf({}, false)
  const whole = pageOf()
  expect([whole.includes(notifyStyles.text), bare.includes(notifyStyles.text)]).toEqual([true, false])
  expect(whole).toContain('/subscribe')
  expect(bare).not.toMatch(/subscribe|notif|email" name/)
  const withoutForm = whole
    .replace(/<section class="notify".*?<\/section>/s, '')
    .replace(`<style>${notifyStyles.text}</style>`, '')
    .replace('<li><a href="https://kiosque.example/subscribe">Par courriel</a></li>', '')
  expect(withoutForm).toBe(bare)
})
