import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { configurationPage } from '../../scripts/configuration.ts'
import { parseConfig, settings } from '../../src/config/settings.ts'
import { networks } from '../../src/share/networks.ts'
import { repeated } from '../repeated.ts'
import { codeIn, textOf } from '../source.ts'

const url = { SITE_URL: 'https://flux.example' }
const hash = 'a'.repeat(64)

const wrong: [name: string, value: string, says: string][] = [
  ['SITE_URL', '', 'must be the address'],
  ['SITE_URL', 'flux.example', 'must be the address'],
  ['SITE_URL', 'ftp://flux.example', 'must be the address'],
  ['SITE_URL', 'https://flux.example/path', 'must be the address'],
  ['SITE_URL', 'https://flux.example/?q', 'must be the address'],
  ['SITE_URL', 'https://me@flux.example', 'must be the address'],
  ['FORMER_SITE_URLS', 'https://ancien.example, https://flux.example/path', 'without a path'],
  ['SITE_TITLE', '   ', 'must not be blank'],
  ['SITE_LANGUAGE', 'français', 'must be a language tag'],
  ['TIME_ZONE', 'Montréal', 'must be a time zone'],
  ['FEED_LENGTH', '0', 'must be a whole number from 1 to 100'],
  ['FEED_LENGTH', '101', 'must be a whole number from 1 to 100'],
  ['FEED_LENGTH', '1e1', 'must be a whole number from 1 to 100'],
  [
    'SHARE_NETWORKS',
    'x,pocket',
    'names "pocket", which closed on 8 July 2025 and deleted its data; use instapaper or raindrop',
  ],
  ['SHARE_NETWORKS', 'x,orkut', 'names "orkut", which is no network; known: x, facebook'],
  ['API_TOKENS', 'secret', 'must be name:scope:hash'],
  ['PUBLIC_HUBS', 'hub.example', 'names "hub.example", which is no https address'],
  ['PUBLIC_HUBS', 'https://hub.example/, http://hub.example/', 'names "http://hub.example/"'],
  ['HUB_SHA1_HOSTS', 'https://reader.example/callback', 'which is no host'],
  ['HUB_SHA1_HOSTS', '203.0.113.7', 'which is no host'],
  ['HUB_LOOPBACK', 'yes', 'must be true or false'],
  ['SHARE_SHORT_LINKS', '1', 'must be true or false'],
  ['FEED_SHARE_DATA', 'on', 'must be true or false'],
  ['FEED_SHARE_ROW', 'TRUE', 'must be true or false'],
  ['SITE_IMAGE', '/carte.jpg', 'must be an address and a size'],
  ['SITE_ICON', '/icone.png 512x256', 'must be a square'],
  ['SITE_CONTACT', 'flux at example.com', 'must be an e-mail address or an https address'],
  ['FEDIVERSE_CREATORS', 'Ada Roy', 'must be Name=@handle@server'],
  ['FACEBOOK_APP_ID', '12a', 'must be a number'],
  ['SHARE_HOSTS', 'https://journal.example', 'which is no host'],
  ['HUB_LOOPBACK', 'true', 'must be false where SITE_URL is not on this machine'],
  ['API_TOKENS', `desk:everything:${hash}`, 'must be name:scope:hash'],
  ['COMMENTS', 'on', 'must be one of off, open, first-held, all-held'],
  ['COMMENT_WORDS', 'casino, !?', 'which is no word'],
  ['COMMENT_WORDS', Array.from({ length: 501 }, (_, at) => at).join(), 'must be at most 500 words'],
  ['TURNSTILE_SITE_KEY', 'a key', 'must be a key'],
  ['TURNSTILE_SECRET', '<x>', 'must be a key'],
  ['AKISMET_KEY', 'a key', 'must be a key'],
  ['COMMENT_DAYS', '-1', 'must be a whole number from 0 to 36500'],
  ['COMMENT_ORIGINS', 'journal.example', 'must be the address'],
  ['SMTP_URL', 'smtp.example', 'must be smtps://'],
  ['MAIL_FROM', 'Le Journal', 'must be a name and an e-mail address'],
  ['SUBSCRIPTION_SECRET', 'short', 'must be secrets of at least 32 characters'],
  ['VAPID_KEYS', 'key', 'must be key pairs as `npx kiosque push keys` prints them'],
  ['DIGEST_HOUR', '24', 'must be a whole number from 0 to 23'],
  ['DIGEST_DAY', 'lundi', 'must be one of monday'],
  ['MAIL_CAP', '0', 'must be a whole number from 1 to 100000'],
  ['MAIL_LOOPBACK', 'http://mail.example/', 'must be an http address on this machine'],
  ['MAIL_LOOPBACK', 'http://127.0.0.1:9000/a', 'must be empty where SITE_URL is not on this machine'],
]

describe('parseConfig', () => {
  test('the defaults need the address only', () => {
    const config = parseConfig(url)
    expect(config).toMatchObject({
      ok: true,
      value: {
        site: {
          url: 'https://flux.example',
          title: 'Kiosque',
          language: 'fr-CA',
          timeZone: 'America/Toronto',
        },
        feedLength: 30,
        apiTokens: [],
      },
    })
  })

  test.for(wrong)('%s=%s is refused: it %s', ([name, value, says]) => {
    const config = parseConfig({ ...url, [name]: value })
    expect(config.ok).toBe(false)
    if (config.ok || config.problem.kind !== 'misconfigured') throw new Error('expected a misconfiguration')
    expect(config.problem.setting).toBe(name)
    expect(config.problem.reason).toContain(says)
  })

  test.for(['http://localhost:8787', 'http://127.0.0.1:9000', 'http://[::1]:9000', 'https://x.localhost'])(
    'the hub may call this machine for a site at %s, where it is told so',
    (address) => {
      const of = (HUB_LOOPBACK: string) => parseConfig({ SITE_URL: address, HUB_LOOPBACK })
      expect(of('true')).toMatchObject({ ok: true, value: { hubLoopback: true } })
      expect(of('')).toMatchObject({ ok: true, value: { hubLoopback: false } })
    },
  )

  const choices: [value: string, first: string[], length: number][] = [
    ['email,copy,email', ['email', 'copy'], 2],
    ['A', ['x', 'facebook'], 11],
    ['qr,A', ['qr', 'x'], 12],
    ['A,B,C', ['x', 'facebook'], networks.length],
  ]
  test.for(choices)('SHARE_NETWORKS=%s', ([value, first, length]) => {
    const config = parseConfig({ ...url, SHARE_NETWORKS: value })
    if (!config.ok) throw new Error('expected a configuration')
    expect(config.value.shareNetworks.slice(0, 2)).toEqual(first)
    expect(repeated(config.value.shareNetworks)).toEqual([])
    expect(config.value.shareNetworks).toHaveLength(length)
  })

  const icons: [address: string, type: string | undefined][] = [
    ['/icone.png', 'image/png'],
    ['/ICONE.SVG', 'image/svg+xml'],
    ['https://images.example/icone.Jpeg?v=1.svg', 'image/jpeg'],
    ['/favicon.ico', 'image/x-icon'],
    ['/icone', undefined],
  ]
  test.for(icons)('SITE_ICON=%s is of the type %s', ([address, type]) => {
    const config = parseConfig({ ...url, SITE_ICON: `${address} 64x64` })
    if (!config.ok) throw new Error('expected a configuration')
    expect(config.value.site.icon?.type).toBe(type)
  })

  test('lists are separated by commas', () => {
    const config = parseConfig({
      ...url,
      SHARE_NETWORKS: 'email, copy',
      API_TOKENS: `a:publish:${hash},b:publish:${hash}`,
      PUBLIC_HUBS: 'https://a.example/, https://b.example/hub',
    })
    expect(config).toMatchObject({
      ok: true,
      value: {
        shareNetworks: ['email', 'copy'],
        apiTokens: [{ name: 'a' }, { name: 'b' }],
        publicHubs: ['https://a.example/', 'https://b.example/hub'],
      },
    })
  })
})

/**
 * Returns the given fields that no given source text reads. A source text reads a field as a member
 * (`config.field`) or by destructuring.
 */
const unreadIn = (texts: readonly string[], fields: readonly string[]): string[] =>
  fields.filter(
    (field) => !texts.some((text) => new RegExp(`\\.${field}\\b|[{,]\\s*${field}\\s*[,}]`).test(text)),
  )

describe('each setting', () => {
  /** The settings that accept every text, or every text that is not blank. */
  const free = ['SITE_DESCRIPTION', 'SITE_COPYRIGHT', 'SITE_POSTAL']

  test('has a row above with a value that it refuses, or takes any text', () => {
    const refused = new Set(wrong.map(([name]) => name))
    const without = Object.values(settings).map(({ name }) => name)
    expect(without.filter((name) => !refused.has(name) && !free.includes(name))).toEqual([])
  })

  test('is read by name somewhere in the Worker', () => {
    const own = /^src\/config\/(?:settings|parsers|mail-settings|mail-parsers)\.ts$/
    const files = codeIn('src').filter((file) => !own.test(file))
    const source = files.filter((file) => !file.endsWith('/bundle.ts')).map(textOf)
    const unread = ['interface Site {\n  title: string\n}', '<p class="motto">']
    expect(unreadIn(unread, ['title', 'motto'])).toEqual(['title', 'motto'])
    expect(unreadIn(['site.title', 'const { motto } = site'], ['title', 'motto'])).toEqual([])
    expect(unreadIn(source, Object.keys(settings))).toEqual([])
  })
})

test('docs/configuration.md is made from the settings: run `npm run docs`', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8')
  expect(page).toBe(configurationPage())
})
