import {
  parseMailbox,
  parseMailLoopback,
  parseMailServer,
  parseSecrets,
  parseWeekday,
} from './mail-parsers.ts'
import { parseWhole } from './parsers.ts'
import { setting } from './setting.ts'

/** The largest value of `MAIL_CAP`. */
const maxMailsPerHour = 100_000

/** The settings of mail; each row is a field of `Config`. */
export const mailSettings = {
  mailServer: setting({
    name: 'SMTP_URL',
    parse: parseMailServer,
    default: '',
    help: 'The mail server to which Kiosque submits mails: `smtps://user:password@smtp.example:465` (TLS from the first byte) or `smtp://user:password@smtp.example:587` (STARTTLS). The signs of user and password are percent-encoded: `%40` is `@`. The password is never sent without TLS, except to a server on this machine. Store `SMTP_URL` as a secret. Mail is on if `SMTP_URL`, `MAIL_FROM`, `SITE_POSTAL` and `SUBSCRIPTION_SECRET` are set.',
  }),
  mailFrom: setting({
    name: 'MAIL_FROM',
    parse: parseMailbox,
    default: '',
    help: 'The sender of mails, such as `Le Journal <infolettre@journal.example>`. Without a name, the name is `SITE_TITLE`. The mail server must be allowed to send for this address (SPF, DKIM and DMARC).',
  }),
  sitePostal: setting({
    name: 'SITE_POSTAL',
    parse: (value) => value.trim(),
    default: '',
    help: 'The postal address of the newsroom. Each mail contains this address, as the laws about commercial mail demand.',
  }),
  subscriptionSecrets: setting({
    name: 'SUBSCRIPTION_SECRET',
    parse: parseSecrets,
    default: '',
    help: 'The secret that signs the links in mails: at least 32 random characters, such as `openssl rand -hex 32` prints. To change it, put the new secret before the former one, separated by a comma: links with either are accepted, so that people can still unsubscribe by their former mails. Store `SUBSCRIPTION_SECRET` as a secret.',
  }),
  digestHour: setting({
    name: 'DIGEST_HOUR',
    parse: (value) => parseWhole(value, 0, 23),
    default: '7',
    help: 'The hour in `TIME_ZONE` from which digests are sent, 0 to 23.',
  }),
  digestDay: setting({
    name: 'DIGEST_DAY',
    parse: parseWeekday,
    default: 'monday',
    help: 'The day of the week on which weekly digests are sent, `monday` to `sunday`.',
  }),
  mailCap: setting({
    name: 'MAIL_CAP',
    parse: (value) => parseWhole(value, 1, maxMailsPerHour),
    default: '200',
    help: `The largest number of mails with a confirmation that the site sends in an hour, 1 to ${maxMailsPerHour}, so that nobody can use the site to send mail to many strangers.`,
  }),
  mailLoopback: setting({
    name: 'MAIL_LOOPBACK',
    parse: parseMailLoopback,
    default: '',
    help: 'For development only. The http address of a program on this machine that keeps all mails instead of sending them. Kiosque refuses it if `SITE_URL` is not an address of that machine. `npm start` sets it and writes the mails into `.wrangler/mail`.',
  }),
}
