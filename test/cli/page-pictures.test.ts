import { describe, expect, test } from 'vitest'
import { articleOf, newspaperPage, paragraphs } from './pages.ts'

const long = paragraphs.slice(0, paragraphs.indexOf('</p>') + 4)
const bodyOf = (part: string): string =>
  String(articleOf(newspaperPage({ end: `${part}${long}` })).fields.html)

describe('pictures that a page has only for some browsers', () => {
  const shown: [what: string, part: string][] = [
    [
      'the source of a picture whose img has no address',
      '<picture><source srcset="https://g.example/q.jpg 800w, https://g.example/r.jpg 1600w"><img alt="Le quai"></picture>',
    ],
    [
      'the source of a picture without img',
      '<figure><picture><source srcset="https://g.example/q.jpg"></picture></figure>',
    ],
    [
      'an img in a noscript',
      '<figure><noscript><img src="https://g.example/q.jpg" alt="Le quai"></noscript><figcaption>Le vieux quai, en mars.</figcaption></figure>',
    ],
  ]
  test.for(shown)('%s is shown', ([, part]) => {
    expect(bodyOf(part)).toContain('src="https://g.example/q.jpg"')
  })

  test('a picture stays as it is if it has an address', () => {
    const body = bodyOf(
      '<picture><source srcset="https://g.example/r.webp"><img src="https://g.example/q.jpg"></picture>',
    )
    expect(body).toContain('src="https://g.example/q.jpg"')
  })

  const silent: [what: string, part: string][] = [
    [
      'a counter of readers',
      '<div><noscript><img src="https://g.example/q.jpg" width="1" height="1"></noscript></div>',
    ],
    [
      'a hidden picture',
      '<div><noscript><img src="https://g.example/q.jpg" style="display:none"></noscript></div>',
    ],
  ]
  test.for(silent)('%s is none', ([, part]) => {
    expect(bodyOf(part)).not.toContain('q.jpg')
  })
})
