import type { VapidKeys } from '../domain/push.ts'
import { setting } from './setting.ts'

/** The settings of Web Push; each row is a field of `Config`. */
export const pushSettings = {
  vapidKeys: setting({
    name: 'VAPID_KEYS',
    parse: parseVapidKeys,
    default: '',
    help: 'The key pair by which push services recognize the site, as `npx kiosque push keys` prints it. Store `VAPID_KEYS` as a secret. Web Push is on if `VAPID_KEYS` and `SUBSCRIPTION_SECRET` are set. A browser accepts only messages that are signed with the key that it was given. So to change the keys, put the new pair before the former one, separated by a comma: new subscriptions are made with the first, and browsers get the new key when their readers next visit a page with the form. Without the former pair, all earlier subscriptions are void. Push services are told where they can write: `SITE_CONTACT`, or else the address in `MAIL_FROM`, or else `SITE_URL`.',
  }),
}

/** Parses key pairs that are separated by commas, each as `public.private`. No message contains a part of them. */
function parseVapidKeys(value: string): VapidKeys[] {
  return value
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => {
      const [, publicKey, privateKey] = /^(B[\w-]{86})\.([\w-]{43})$/.exec(pair) ?? []
      if (!publicKey || !privateKey)
        throw new RangeError('must be key pairs as `npx kiosque push keys` prints them, separated by commas')
      return { publicKey, privateKey }
    })
}
