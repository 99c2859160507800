import { expect, test } from 'vitest'
import { parseConfig } from '../../src/config/settings.ts'
import type { Author } from '../../src/domain/article.ts'
import { creatorOf } from '../../src/pages/article/creator.ts'
import { site } from '../render/samples.ts'

const creators = { 'ève roy': '@eve@serveur.example' }

const rows: [what: string, authors: Author[], handle: string | undefined][] = [
  ['named in the settings', [{ name: 'Ève Roy' }], '@eve@serveur.example'],
  ['however the name is written', [{ name: 'ÈVE  ROY' }], '@eve@serveur.example'],
  ['a name with another accent', [{ name: 'Eve Roy' }], undefined],
  ['the setting wins', [{ name: 'Ève Roy', url: 'https://autre.example/@e' }], '@eve@serveur.example'],
  ['a profile', [{ name: 'A', url: 'https://serveur.example/@a.b_c' }], '@a.b_c@serveur.example'],
  ['a profile with a final slash', [{ name: 'A', url: 'https://serveur.example/@a/' }], '@a@serveur.example'],
  ['a profile seen elsewhere', [{ name: 'A', url: 'https://x.example/@a@y.example' }], '@a@y.example'],
  ['one post is no profile', [{ name: 'A', url: 'https://serveur.example/@a/123' }], undefined],
  ['a page of their own', [{ name: 'A', url: 'https://a.example/' }], undefined],
  ['a site with addresses alike', [{ name: 'A', url: 'https://www.youtube.com/@a' }], undefined],
  ['the first who has one', [{ name: 'A' }, { name: 'B', url: 'https://s.example/@b' }], '@b@s.example'],
  [
    'a text that is no address',
    [
      { name: 'A', url: '::' },
      { name: 'B', url: 'kim' },
    ],
    undefined,
  ],
  ['nobody', [], undefined],
  ['a name like a built-in', [{ name: 'constructor' }], undefined],
]

test.for(rows)('fediverse:creator: %s', ([, authors, handle]) => {
  expect(creatorOf({ ...site, creators }, authors)).toBe(handle)
})

const settings: [name: string, value: string, site: object | RegExp][] = [
  ['FEDIVERSE_CREATORS', 'Ève Roy=@eve@serveur.example', { creators }],
  ['FEDIVERSE_CREATORS', ' Ève Roy = @eve@serveur.example , ', { creators }],
  ['FEDIVERSE_CREATORS', 'Ève Roy', /must be Name=@handle@server/],
  ['FEDIVERSE_CREATORS', 'Ève Roy=eve@serveur.example', /must be Name=@handle@server/],
  ['FEDIVERSE_CREATORS', '=@eve@serveur.example', /must be Name=@handle@server/],
  ['SITE_IMAGE', '', { image: { url: '/card.png', type: 'image/png', width: 1200, height: 630 } }],
  [
    'SITE_IMAGE',
    'https://a.example/c.jpg?v=2 1600x900 La une du jour',
    {
      image: {
        url: 'https://a.example/c.jpg?v=2',
        type: 'image/jpeg',
        width: 1600,
        height: 900,
        alt: 'La une du jour',
      },
    },
  ],
  ['SITE_IMAGE', 'https://a.example/c 16x9', { image: { url: 'https://a.example/c', width: 16, height: 9 } }],
  ['SITE_IMAGE', 'https://a.example/c.jpg', /must be an address and a size/],
  ['SITE_IMAGE', 'javascript:alert(1) 1x1', /must be an address and a size/],
  ['SITE_IMAGE', '//evil.example/c.png 1x1', /must be an address and a size/],
  ['SITE_CONTACT', '', { contact: undefined }],
  ['SITE_CONTACT', ' a.b+flux@example.com ', { contact: 'a.b+flux@example.com' }],
  ['SITE_CONTACT', 'https://example.com/contact', { contact: 'https://example.com/contact' }],
  ['SITE_CONTACT', 'http://example.com/contact', /must be an e-mail address or an https address/],
  ['SITE_CONTACT', 'https://moi:secret@example.com/', /must be an e-mail address or an https address/],
  ['SITE_CONTACT', 'a@b@example.com', /must be an e-mail address or an https address/],
  ['SITE_CONTACT', 'a@localhost', /must be an e-mail address or an https address/],
  ['SITE_CONTACT', 'mailto:a@example.com', /must be an e-mail address or an https address/],
  ['SITE_CONTACT', 'javascript:alert(1)', /must be an e-mail address or an https address/],
  ['SITE_ICON', '', { icon: undefined }],
  [
    'SITE_ICON',
    ' /media/icone.svg  64x64   #9A2318 ',
    { icon: { url: '/media/icone.svg', type: 'image/svg+xml', width: 64, height: 64, accent: '#9a2318' } },
  ],
  ['SITE_ICON', 'https://a.example/i 1x1', { icon: { url: 'https://a.example/i', width: 1, height: 1 } }],
  ['SITE_ICON', 'http://a.example/i.png 64x64', /must be an https address or a path/],
  ['SITE_ICON', '//evil.example/i.png 64x64', /must be an https address or a path/],
  ['SITE_ICON', '/i.png 0x0', /must be an https address or a path/],
  ['SITE_ICON', '/i.png 64x64 red', /must be an https address or a path/],
  ['SITE_ICON', '/i.png 64x65', /must be a square, not 64x65/],
]

test.for(settings)('setting %s=%s', ([name, value, expected]) => {
  const config = parseConfig({ SITE_URL: 'https://kiosque.example', [name]: value })
  if (expected instanceof RegExp) {
    expect(config).toMatchObject({ problem: { setting: name, reason: expect.stringMatching(expected) } })
  } else expect(config).toMatchObject({ value: { site: expected } })
})
