import { expect, test } from 'vitest'
import { parseEndpoint } from '../../src/domain/push.ts'

const right = [
  'https://jmt17.google.com/fcm/send/abc:def',
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/QABC',
  'https://api.push.apple.com/3/device/a',
  'https://wns2-par02p.notify.windows.com/w/?token=a%2b',
]
const local = [
  'http://localhost:8090/notify/a',
  'http://127.0.0.1:1/a',
  'https://localhost/a',
  'http://[::1]:9/a',
]
const wrong = [
  '',
  'a',
  'http://fcm.googleapis.com/fcm/send/abc',
  'https://fcm.googleapis.com:8443/a',
  'https://fcm.googleapis.com.evil.example/a',
  'https://evil.example/fcm.googleapis.com',
  'https://xfcm.googleapis.com/a',
  'https://fcm.googleapis.com./a',
  'https://google.com/a',
  'https://a.fcm.googleapis.com/a',
  'https://evilpush.apple.com/a',
  'https://user@fcm.googleapis.com/a',
  'https://fcm.googleapis.com@evil.example/a',
  'https://fcm.googleapis.com/a#b',
  'https://10.0.0.1/a',
  'https://storage.googleapis.com/a',
  'javascript:alert(1)',
  'ftp://localhost/a',
  `https://fcm.googleapis.com/${'a'.repeat(2000)}`,
]

test.for(right)('%s is an endpoint', (text) => {
  expect([parseEndpoint(text, false), parseEndpoint(text, true)]).toEqual([text, text])
})

test.for(local)('%s is an endpoint on this machine only', (text) => {
  expect([parseEndpoint(text, false), parseEndpoint(text, true)]).toEqual([undefined, text])
})

test.for(wrong)('%s is no endpoint', (text) => {
  expect([parseEndpoint(text, false), parseEndpoint(text, true)]).toEqual([undefined, undefined])
})

test('an endpoint is compared and stored in one form', () => {
  expect(parseEndpoint('HTTPS://FCM.googleapis.com:443/a', false)).toBe('https://fcm.googleapis.com/a')
})
