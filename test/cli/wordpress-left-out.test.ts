import { expect, test } from 'vitest'
import { htmlOfWordPress } from '../../src/cli/sources/wordpress-body.ts'
import { warningsAboutPost } from '../../src/cli/sources/wordpress-left-out.ts'
import { parseXml } from '../../src/cli/sources/xml.ts'

const images = new Map([['7', { url: 'https://j.example/a.jpg?x=1&y=2', alt: 'Le "pont"' }]])

test.for<[what: string, content: string, html: string, warnings: string[]]>([
  [
    'a video',
    'A\n\n[video width="640" mp4="https://j.example/v.mp4"][/video]\n\nB',
    '<p>A</p>\n<figure><video controls src="https://j.example/v.mp4"></video></figure>\n<p>B</p>',
    [],
  ],
  [
    'audio of an older version',
    '[audio https://j.example/v.mp3]',
    '<figure><audio controls src="https://j.example/v.mp3"></audio></figure>',
    [],
  ],
  [
    'a gallery of which the export lacks a picture',
    '[gallery ids="7,8"]',
    '<figure><img src="https://j.example/a.jpg?x=1&amp;y=2" alt="Le &quot;pont&quot;"></figure>',
    ['text: 1 shortcode left out: [gallery ids="7,8"]'],
  ],
  [
    'a whole gallery',
    '[gallery ids="7"]',
    '<figure><img src="https://j.example/a.jpg?x=1&amp;y=2" alt="Le &quot;pont&quot;"></figure>',
    [],
  ],
  [
    'what another site shows',
    '[tweet https://t.example/1]\n\n[soundcloud url="https://s.example/2"]\n\n[youtube=https://y.example/3]',
    ['https://t.example/1', 'https://s.example/2', 'https://y.example/3']
      .map((url) => `<p><a href="${url}">${url}</a></p>`)
      .join('\n'),
    [],
  ],
  [
    'forms',
    'A\n\n[contact-form-7 id="5" title="Contact"]\n\n[gravityform id=1]',
    '<p>A</p>',
    ['text: 2 shortcodes left out: [contact-form-7 id="5" title="Contact"], [gravityform id=1]'],
  ],
  ['brackets that are no shortcode', 'A [sic] [[video]] [a video]', '<p>A [sic] [[video]] [a video]</p>', []],
  [
    'blocks that the body only names',
    '<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph --><!-- wp:spacer /--><!-- wp:block {"ref":44} /--><!-- wp:acf/box {"id":"b1","data":{"t":"Un <b>encadré</b> ici."}} /-->',
    '<p>A</p>',
    ['text: 2 blocks left out: block, acf/box "Un encadré ici."'],
  ],
])('%s', ([, content, value, warnings]) => {
  expect(htmlOfWordPress(content, images)).toEqual({ value, warnings })
})

test('fields such as a subtitle, and readers\u2019 comments, are a warning', () => {
  const meta = (key: string, value: string) =>
    `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${value}</wp:meta_value></wp:postmeta>`
  const comment = (approved: string, type = '') =>
    `<wp:comment><wp:comment_approved>${approved}</wp:comment_approved><wp:comment_type>${type}</wp:comment_type></wp:comment>`
  const xml = parseXml(
    `<item xmlns:wp="w">${meta('sous_titre', 'Un sous-titre')}${meta('_sous_titre', 'field_5f')}${meta('_edit_last', '1')}` +
      `${comment('1')}${comment('0')}${comment('1', 'pingback')}</item>`,
  )
  expect(xml.ok && warningsAboutPost(xml.value)).toEqual([
    'text: 1 field left out: sous_titre "Un sous-titre"',
    `comments: 1 reader's comment left out; "npx kiosque comments import" adds them afterwards`,
  ])
})

test('terms of a plugin, such as series and co-authors, are a warning', () => {
  const term = (domain: string, text: string) => `<category domain="${domain}">${text}</category>`
  const terms = [
    ...['category', 'post_tag', 'tag', 'post_format', 'post_translations'].map((one) => term(one, 'A')),
    '<category>A</category>',
    term('author', 'kim'),
    term('author', 'ana'),
    term('series', 'Les ponts &amp;amp; nous'),
  ]
  const xml = parseXml(`<item xmlns:dc="d"><dc:creator>kim</dc:creator>${terms.join('')}</item>`)
  expect(xml.ok && warningsAboutPost(xml.value)).toEqual([
    'tags: 2 terms left out: author "ana", series "Les ponts & nous"',
  ])
})

test.for(['[video ', '[video]', '[/video]', '<!-- wp:a {', '<!-- wp:a {} /', '[audio src='])(
  'a megabyte of %j is borne',
  (piece) => {
    const started = performance.now()
    htmlOfWordPress(`<!-- wp:${piece.repeat(1_000_000 / piece.length)}`)
    expect(performance.now() - started).toBeLessThan(2_000)
  },
)
