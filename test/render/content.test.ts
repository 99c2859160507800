import { expect, test } from 'vitest'
import { descriptionOf } from '../../src/render/content.ts'
import { sampleArticle } from './samples.ts'

const described = (html: string): string => descriptionOf({ ...sampleArticle(), summary: '', html })

const bodies: [what: string, html: string, description: string][] = [
  ['the first picture that has one', '<p><img src="a" alt=" "><img src="b" alt="Pont"></p>', 'Pont'],
  ['references stay', '<p><img src="a" alt="R&amp;D &quot;x&quot;"></p>', 'R&amp;D &quot;x&quot;'],
  ['angle brackets are escaped', '<p><img src="a" alt="a <b> c"></p>', 'a &lt;b&gt; c'],
  ['a title like a picture is no text', '<p><img title="<img x alt=" src="a" alt="Pont"></p>', 'Pont'],
]

test.for(bodies)('the alternative text describes a picture: %s', ([, html, description]) => {
  expect(described(html)).toBe(description)
})

test('a title of many tags costs a description little time', () => {
  const start = performance.now()
  const title = '<img '.repeat(100_000)
  expect(described(`<p><img src="a" title="${title}" alt=""></p>`)).toBe(sampleArticle().title)
  expect(performance.now() - start).toBeLessThan(1000)
})
