import type { VapidKeys } from '../domain/push.ts'

/** Writes a key pair as the setting VAPID_KEYS takes it. */
export const writeKeys = ({ publicKey, privateKey }: VapidKeys): string => `${publicKey}.${privateKey}`

/** The lines that the command `push keys` prints; with `json`, one line of JSON, in which `setting` is what VAPID_KEYS takes. */
export const linesOfKeys = (keys: VapidKeys, json = false): string[] =>
  json ? [JSON.stringify({ ...keys, setting: writeKeys(keys) })] : linesForPeople(keys)

const linesForPeople = (keys: VapidKeys): string[] => [
  'The keys of Web Push, which are not shown again. Put them into the secret VAPID_KEYS:',
  `  ${writeKeys(keys)}`,
  '',
  'Web Push also needs the secret SUBSCRIPTION_SECRET. Push services can write to SITE_CONTACT, or else to the address in MAIL_FROM.',
  'Keep the keys: with other ones, no browser that has subscribed can be told. To change them, put the new pair before the',
  'former one, separated by a comma.',
]
