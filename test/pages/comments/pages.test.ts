import { describe, expect, test } from 'vitest'
import { languages } from '../../../src/domain/language.ts'
import { commentStyles, styles } from '../../../src/pages/bundle.ts'
import { commentPolicy } from '../../../src/pages/parts/policy.ts'
import { site as sampleSite } from '../../render/samples.ts'
import { commentPages } from './pages.ts'

const pagesIn = (language: string) =>
  commentPages({ ...sampleSite, language, title: 'zz', description: 'zz', comments: 'open' })

/** The words that a page shows or reads out, without the names and texts of people. */
const wordsOf = (html: string): string[] =>
  [
    ...html.replace(/<(style|time)[^>]*>[\s\S]*?<\/\1>/g, '').matchAll(/>([^<>]+)</g),
    ...html.matchAll(/aria-label="([^"]*)"/g),
  ]
    .map(([, words = '']) => words.replace(/\bzz\b/g, '').trim())
    .filter((words) => /\p{L}{2}/u.test(words))

describe('every page about comments', () => {
  const tags = Object.values(languages).map(({ words }) => words.tag)

  test.for(tags)('says nothing in another language than %s', (language) => {
    const others = tags.filter((tag) => tag !== language)
    const own = Object.values(pagesIn(language)).flatMap(wordsOf)
    expect(own.length).toBeGreaterThan(50)
    const foreign = others.flatMap((tag) => Object.values(pagesIn(tag)).flatMap(wordsOf))
    // Names of formats and of the site are the same in all languages.
    const same = [...new Set(own.filter((words) => foreign.includes(words)))]
    expect(same.filter((words) => !/^(RSS|Atom|JSON Feed|Kiosque)\b/.test(words))).toEqual([])
  })

  test('has no script but that of Turnstile, and only the styles that the policy allows', () => {
    const policy = commentPolicy()
    expect(policy).toContain(commentStyles.hash)
    expect(policy).toContain(styles.hash)
    for (const [name, html] of Object.entries(pagesIn('fr'))) {
      if (name !== 'form with Turnstile') expect(html, name).not.toContain('<script')
      expect(html, name).not.toMatch(/ (?:on\w+|style)=/)
    }
  })

  test('is left out by search engines, but for the newest threads', () => {
    const listed = Object.entries(pagesIn('fr')).filter(([, html]) => !html.includes('noindex'))
    expect(listed.map(([name]) => name)).toEqual(['threads', 'threads with answers', 'closed', 'no threads'])
  })

  test('hides the field that nobody shall fill from people, also from those who hear the page', () => {
    const { form = '' } = pagesIn('en')
    expect(form).toMatch(
      /<p class="trap" aria-hidden="true">.*name="website" tabindex="-1" autocomplete="off"/,
    )
  })
})
