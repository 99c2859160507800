import { describe, expect, test } from 'vitest'
import { mailOf } from '../../src/config/mail.ts'
import { type Config, parseConfig, shownSettings } from '../../src/config/settings.ts'

const secret = 's'.repeat(32)
const former = 'f'.repeat(40)

/** The settings of a site that sends mail. */
const complete = {
  SITE_URL: 'https://flux.example',
  SITE_TITLE: 'Le Journal',
  SMTP_URL: 'smtps://journal:p%40ss%3Aword@smtp.example:465',
  MAIL_FROM: 'La rédaction <infolettre@journal.example>',
  SITE_POSTAL: '1, rue du Marché, Québec',
  SUBSCRIPTION_SECRET: secret,
}
const local = { SITE_URL: 'http://localhost:8787', MAIL_LOOPBACK: 'http://127.0.0.1:9000/key' }

function configOf(settings: Record<string, string>): Config {
  const config = parseConfig(settings)
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  return config.value
}

function refusalOf(settings: Record<string, string>): string {
  const config = parseConfig({ SITE_URL: 'https://flux.example', ...settings })
  if (config.ok || config.problem.kind !== 'misconfigured') throw new Error('expected a misconfiguration')
  return config.problem.reason
}

const journal = { user: 'journal', password: 'mot' }

describe('SMTP_URL', () => {
  const servers: readonly [address: string, server: object][] = [
    ['smtps://journal:mot@smtp.example:465', { host: 'smtp.example', port: 465, tls: 'on', login: journal }],
    ['smtps://journal:mot@smtp.example', { host: 'smtp.example', port: 465, tls: 'on', login: journal }],
    [
      'smtps://journal:mot@smtp.example:2465/',
      { host: 'smtp.example', port: 2465, tls: 'on', login: journal },
    ],
    [
      'smtp://journal:mot@SMTP.example:587',
      { host: 'smtp.example', port: 587, tls: 'starttls', login: journal },
    ],
    ['smtp://journal:mot@smtp.example', { host: 'smtp.example', port: 587, tls: 'starttls', login: journal }],
    ['smtp://journal:mot@203.0.113.7', { host: '203.0.113.7', port: 587, tls: 'starttls', login: journal }],
    [
      'smtps://kim%40journal.example:%C3%A9%3A%2F%20%25@smtp.example',
      {
        host: 'smtp.example',
        port: 465,
        tls: 'on',
        login: { user: 'kim@journal.example', password: 'é:/ %' },
      },
    ],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, tls: 'optional' }],
    ['smtp://journal:mot@127.0.0.1:1025', { host: '127.0.0.1', port: 1025, tls: 'optional', login: journal }],
    ['smtp://[::1]:1025', { host: '[::1]', port: 1025, tls: 'optional' }],
    // Programs may read this host as this machine, but it is not spelled so, so TLS is demanded.
    ['smtp://journal:mot@127.1', { host: '127.1', port: 587, tls: 'starttls', login: journal }],
  ]
  test.for(servers)('%s', ([SMTP_URL, server]) => {
    expect(configOf({ ...complete, SMTP_URL }).mailServer).toEqual(server)
  })

  const wrong: readonly [address: string, says: string][] = [
    ['smtp://journal:mot@smtp.example:25', 'names port 25, which Workers cannot reach'],
    ['smtp://journal:mot@localhost:25', 'names port 25, which Workers cannot reach'],
    ['smtp://journal:mot@smtp.example:465', 'must have smtps: with port 465'],
    ['smtps://journal:mot@smtp.example:587', 'and smtp: with port 587'],
    ['smtps://smtp.example', 'must contain a user and a password'],
    ['smtps://journal@smtp.example', 'must contain a user and a password'],
    ['smtps://journal:mot%ZZ@smtp.example', 'percent-encoded'],
    ['smtps://journal:mot%0D%0AQUIT@smtp.example', 'without controls'],
    ['smtps://journal:mot%00@smtp.example', 'without controls'],
    ['smtps://journal:mot@smtp.example/path', 'must be smtps://'],
    ['smtps://journal:mot@smtp.example?tls=no', 'must be smtps://'],
    ['smtps://journal:mo#t@smtp.example', 'must be smtps://'],
    ['smtps://journal:mot@sérveur.example', 'must be smtps://'],
    ['smtps://journal:mot@', 'must be smtps://'],
    ['https://journal:mot@smtp.example', 'must be smtps://'],
    ['smtps://journal:mot@smtp.example:99999', 'must be smtps://'],
    ['journal:mot@smtp.example', 'must be smtps://'],
  ]
  test.for(wrong)('%s is refused without being repeated', ([SMTP_URL, says]) => {
    const reason = refusalOf({ SMTP_URL })
    expect(reason).toContain(says)
    expect(reason).not.toMatch(/mot|journal/)
  })
})

describe('MAIL_FROM', () => {
  const address = 'infolettre@journal.example'
  const senders: readonly [text: string, sender: object][] = [
    [address, { address }],
    [`<${address}>`, { address }],
    [`Le Journal <${address}>`, { name: 'Le Journal', address }],
    [`"Le Journal, inc." <${address}>`, { name: 'Le Journal, inc.', address }],
    [`  Élise  <${address}> `, { name: 'Élise', address }],
  ]
  test.for(senders)('%s', ([MAIL_FROM, sender]) => {
    expect(configOf({ ...complete, MAIL_FROM }).mailFrom).toEqual(sender)
  })

  const wrong = [
    'Le Journal',
    `Le Journal ${address}`,
    `Le Journal <${address}`,
    `Le <b> Journal <${address}>`,
    `${address}, autre@journal.example`,
    `Le\r\nBcc: x@mal.example <${address}>`,
    'Le Journal <journal>',
    'Le Journal <été@journal.example>',
  ]
  test.for(wrong)('%j is refused', (MAIL_FROM) => {
    expect(refusalOf({ MAIL_FROM })).toContain('must be a name and an e-mail address')
  })
})

describe('mailOf', () => {
  test('a site with all settings has mail', () => {
    expect(mailOf(configOf({ ...complete, SUBSCRIPTION_SECRET: `${secret}, ${former}` }))).toEqual({
      kind: 'on',
      mail: {
        destination: {
          kind: 'smtp',
          server: {
            host: 'smtp.example',
            port: 465,
            tls: 'on',
            login: { user: 'journal', password: 'p@ss:word' },
          },
        },
        from: { name: 'La rédaction', address: 'infolettre@journal.example' },
        postal: '1, rue du Marché, Québec',
        secrets: [secret, former],
        digest: { hour: 7, day: 'monday' },
        maxConfirmationsPerHour: 200,
      },
    })
  })

  const incomplete: readonly [without: string[], missing: string[]][] = [
    [['SMTP_URL'], ['SMTP_URL']],
    [['MAIL_FROM'], ['MAIL_FROM']],
    [['SITE_POSTAL'], ['SITE_POSTAL']],
    [['SUBSCRIPTION_SECRET'], ['SUBSCRIPTION_SECRET']],
    [
      ['MAIL_FROM', 'SITE_POSTAL', 'SUBSCRIPTION_SECRET'],
      ['MAIL_FROM', 'SITE_POSTAL', 'SUBSCRIPTION_SECRET'],
    ],
  ]
  test.for(incomplete)('a site without %j has no mail, and knows what is missing', ([without, missing]) => {
    const settings = { ...complete, ...Object.fromEntries(without.map((name) => [name, ''])) }
    expect(mailOf(configOf(settings))).toEqual({ kind: 'incomplete', missing })
  })

  test.for([{}, { SITE_POSTAL: '1, rue du Marché' }, { SUBSCRIPTION_SECRET: secret }])(
    'a site with %j says nothing about mail',
    (settings: Record<string, string>) => {
      expect(mailOf(configOf({ SITE_URL: 'https://flux.example', ...settings }))).toEqual({ kind: 'off' })
    },
  )

  test('a local run needs no settings but the secret, and sends nothing to the mail server', () => {
    const state = mailOf(configOf({ ...local, SMTP_URL: complete.SMTP_URL, SUBSCRIPTION_SECRET: secret }))
    expect(state).toMatchObject({
      kind: 'on',
      mail: {
        destination: { kind: 'loopback', url: 'http://127.0.0.1:9000/key' },
        from: { name: 'Kiosque', address: 'infolettre@localhost.invalid' },
        postal: '[the postal address of the newsroom: set SITE_POSTAL in wrangler.toml]',
      },
    })
    expect(mailOf(configOf(local))).toEqual({ kind: 'incomplete', missing: ['SUBSCRIPTION_SECRET'] })
  })
})

describe('the settings that ETags depend on', () => {
  const shown = (settings: Record<string, string>) => JSON.stringify(shownSettings(configOf(settings)))
  const { SITE_URL, SITE_TITLE } = complete

  test('without mail they have no trace of it', () => {
    expect(shown({ SITE_URL, SITE_TITLE })).not.toMatch(
      /mailF|mailS|mailC|mailL|"mail"|postal|digest|secret/i,
    )
    expect(shown({ SITE_URL, SITE_TITLE, DIGEST_HOUR: '9', MAIL_CAP: '5' })).toBe(
      shown({ SITE_URL, SITE_TITLE }),
    )
  })

  test('with mail they contain the postal address, which pages show, and no other setting of mail', () => {
    expect(JSON.parse(shown(complete))).toEqual({
      ...JSON.parse(shown({ SITE_URL, SITE_TITLE })),
      mail: complete.SITE_POSTAL,
    })
    expect(shown({ ...complete, MAIL_FROM: '' })).toBe(shown({ SITE_URL, SITE_TITLE }))
  })
})
