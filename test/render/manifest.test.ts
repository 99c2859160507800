import { expect, test } from 'vitest'
import { renderManifest } from '../../src/render/manifest.ts'
import { behaviours, site } from './samples.ts'

const origin = 'https://kiosque.example'

test('the manifest names the site and the built-in icons', () => {
  expect(JSON.parse(renderManifest(site, false))).toEqual({
    name: 'Le Kiosque',
    description: 'Les articles de la rédaction',
    lang: 'fr-CA',
    start_url: `${origin}/`,
    display: 'browser',
    icons: [
      { src: `${origin}/apple-touch-icon.png`, sizes: '180x180', type: 'image/png' },
      { src: `${origin}/favicon.ico`, sizes: '48x48', type: 'image/png' },
    ],
  })
})

test('the manifest names only the icon of the settings, with its colour', () => {
  const icons = Object.values(behaviours).flatMap((feed) => (feed.site.icon ? [feed.site] : []))
  expect(icons.length).toBeGreaterThan(1)
  for (const one of icons) {
    const { icon } = one
    expect(JSON.parse(renderManifest(one, false)), icon?.url).toMatchObject({
      ...(icon?.accent && { theme_color: icon.accent }),
      icons: [
        {
          src: new URL(icon?.url ?? '', origin).href,
          sizes: `${icon?.width}x${icon?.height}`,
          type: icon?.type ?? '',
        },
      ],
    })
  }
})

test('a site of which browsers can be told stands alone, because an iPhone shows notifications of no other', () => {
  const displays = [true, false].map((isPushOn) => JSON.parse(renderManifest(site, isPushOn)).display)
  expect(displays).toEqual(['standalone', 'browser'])
})
