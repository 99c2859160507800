import { expect, test } from 'vitest'
import { readFeed } from '../../src/cli/sources/feed.ts'

test.for<[what: string, inside: string, warnings: string[]]>([
  ['fifty tags', Array.from({ length: 50 }, (_, at) => `<category>t${at}</category>`).join(''), []],
  [
    'more than fifty tags, one of them twice',
    `<category>T7</category>${Array.from({ length: 53 }, (_, at) => `<category>t${at}</category>`).join('')}`,
    ['tags: the first 50 are taken, and 3 more left out'],
  ],
  [
    'a tag that is too long',
    `<category>Ville</category><category>${'a'.repeat(201)}</category>`,
    [`tags: 1 of more than 200 characters left out, first "${'a'.repeat(39)}…"`],
  ],
  [
    'authors that are too long',
    `<dc:creator>${'a'.repeat(201)}</dc:creator><dc:creator>${'b'.repeat(201)}</dc:creator>`,
    [`authors: 2 of more than 200 characters left out, first "${'a'.repeat(39)}…"`],
  ],
  [
    'several authors in one element',
    '<dc:creator>Kim Roy, Jo Lee</dc:creator><dc:creator>Kim Roy et Jo Lee</dc:creator><dc:creator>Kim Roy</dc:creator>',
    [
      'authors: "Kim Roy, Jo Lee" is taken for one name, and may be several',
      'authors: "Kim Roy et Jo Lee" is taken for one name, and may be several',
    ],
  ],
  [
    'an author without a name',
    '<author>kim@j.example</author>',
    ['authors: "kim@j.example" has no name, and is left out'],
  ],
  [
    'people who contributed',
    '<dc:creator>Jo Lee</dc:creator><dc:contributor>Kim Roy</dc:contributor><dc:contributor>Max Tran</dc:contributor>',
    ['authors: contributors are left out: Kim Roy, Max Tran'],
  ],
  [
    'pictures beside the lead picture, but not those in the body',
    `${['a', 'b', 'c', 'b']
      .map((name) => `<media:content url="https://j.example/${name}.jpg" medium="image"/>`)
      .join('')}<content:encoded>&lt;img src="https://j.example/c.jpg"&gt;</content:encoded>`,
    ['pictures: 1 beside the lead picture left out, with their captions, first https://j.example/b.jpg'],
  ],
  [
    'files without a web address or a media type',
    '<enclosure url="ftp://j.example/a.mp3" type="audio/mpeg" length="3"/><enclosure url="https://j.example/b.mp3" length="3"/>',
    ['attachments: 2 without a web address or a media type left out, first "ftp://j.example/a.mp3"'],
  ],
])('names and files that are left out or doubtful are a warning: %s', ([, inside, warnings]) => {
  const item = `<item><title>T</title><description>A</description>${inside}</item>`
  const read = readFeed(
    `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>J</title>${item}</channel></rss>`,
  )
  expect(read).toMatchObject({ ok: true, value: [{ warnings }] })
})

test.for<[where: string, media: string]>([
  [
    'the picture',
    '<media:content url="https://j.example/a.jpg" medium="image"><media:description>Le pont.</media:description><media:credit>Jo Lee</media:credit></media:content>',
  ],
  [
    'its group',
    '<media:group><media:content url="https://j.example/a.jpg" medium="image"/><media:description>Le pont.</media:description><media:credit>Jo Lee</media:credit></media:group>',
  ],
])('the lead picture gets its caption and credit from %s', ([, media]) => {
  const read = readFeed(
    `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>J</title><item><title>T</title><description>A</description>${media}</item></channel></rss>`,
  )
  const image = { url: 'https://j.example/a.jpg', caption: 'Le pont.', credit: 'Jo Lee' }
  expect(read).toMatchObject({ ok: true, value: [{ value: { image } }] })
})

test('the contributors of an Atom entry are a warning', () => {
  const entry = '<entry><title>T</title><id>urn:x:1</id><content>A</content>'
  const people = '<author><name>Jo Lee</name></author><contributor><name>Kim Roy</name></contributor>'
  const read = readFeed(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}${people}</entry></feed>`)
  expect(read).toMatchObject({
    ok: true,
    value: [
      { value: { authors: [{ name: 'Jo Lee' }] }, warnings: ['authors: contributors are left out: Kim Roy'] },
    ],
  })
})
