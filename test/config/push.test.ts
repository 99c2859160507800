import { expect, test } from 'vitest'
import { pushOf } from '../../src/config/push.ts'
import { parseConfig, shownSettings } from '../../src/config/settings.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'

const [present, former] = [await makeVapidKeys(), await makeVapidKeys()]
const pairOf = ({ publicKey, privateKey }: typeof present) => `${publicKey}.${privateKey}`
const secret = 's'.repeat(32)
const complete = {
  SITE_URL: 'https://kiosque.example',
  VAPID_KEYS: pairOf(present),
  SUBSCRIPTION_SECRET: secret,
}

function configOf(settings: object) {
  const config = parseConfig(settings)
  if (!config.ok) throw new Error(JSON.stringify(config.problem))
  return config.value
}

test('Web Push is on with the keys and the secret of links, without the settings of mail', () => {
  expect(pushOf(configOf(complete))).toEqual({
    kind: 'on',
    push: { keys: [present], secrets: [secret], subject: 'https://kiosque.example', isLocal: false },
  })
})

test('a former pair stands after the present one', () => {
  const state = pushOf(configOf({ ...complete, VAPID_KEYS: `${pairOf(present)} , ${pairOf(former)}` }))
  expect(state).toMatchObject({ push: { keys: [present, former] } })
})

test('without the keys it is off, and without the secret it is incomplete', () => {
  expect(pushOf(configOf({ ...complete, VAPID_KEYS: '' }))).toEqual({ kind: 'off' })
  expect(pushOf(configOf({ ...complete, SUBSCRIPTION_SECRET: '' }))).toEqual({
    kind: 'incomplete',
    missing: ['SUBSCRIPTION_SECRET'],
  })
})

test.for<[settings: object, subject: string]>([
  [{}, 'https://kiosque.example'],
  [{ MAIL_FROM: 'Le Journal <info@journal.example>' }, 'mailto:info@journal.example'],
  [{ SITE_CONTACT: 'flux@kiosque.example', MAIL_FROM: 'a@b.example' }, 'mailto:flux@kiosque.example'],
  [{ SITE_URL: 'http://localhost:8787' }, 'mailto:nobody@localhost.invalid'],
  [{ SITE_CONTACT: 'https://kiosque.example/contact' }, 'https://kiosque.example/contact'],
])('with %j, push services can write to %s', ([settings, subject]) => {
  expect(pushOf(configOf({ ...complete, ...settings }))).toMatchObject({ push: { subject } })
})

test.for<[what: string, value: string]>([
  ['only a public key', present.publicKey],
  ['a short private key', pairOf(present).slice(0, -1)],
  ['the keys in the wrong order', `${present.privateKey}.${present.publicKey}`],
  ['one pair that is wrong', `${pairOf(present)},a.b`],
])('a setting with %s is refused, and the message has no part of it', ([, value]) => {
  const config = parseConfig({ ...complete, VAPID_KEYS: value })
  expect(config.ok).toBe(false)
  const text = JSON.stringify(config)
  expect(text).toContain('npx kiosque push keys')
  expect(text).not.toContain(present.publicKey.slice(0, 20))
  expect(text).not.toContain(present.privateKey.slice(0, 20))
})

test('answers depend on the present public key alone, and on nothing while Web Push is off', () => {
  const shown = (settings: object) => JSON.stringify(shownSettings(configOf({ ...complete, ...settings })))
  expect(shown({})).toContain(present.publicKey)
  expect(shown({})).not.toContain(present.privateKey)
  expect(shown({ VAPID_KEYS: `${pairOf(present)},${pairOf(former)}` })).toBe(shown({}))
  const off = shown({ VAPID_KEYS: '', SUBSCRIPTION_SECRET: '' })
  expect(shown({ SUBSCRIPTION_SECRET: '' })).toBe(off)
  expect(shown({ VAPID_KEYS: '' })).toBe(off)
})
