import type { Mailbox, MailDestination, MailServer, Weekday } from '../domain/mail.ts'

/** The settings of mail, as the environment has them. */
interface MailConfig {
  site: { title: string }
  mailServer: MailServer | undefined
  mailLoopback: string | undefined
  mailFrom: Mailbox | undefined
  sitePostal: string
  subscriptionSecrets: readonly string[]
  digestHour: number
  digestDay: Weekday
  mailCap: number
}

/** The complete settings of mail. */
export interface MailSettings {
  destination: MailDestination
  from: Mailbox
  /** The postal address of the newsroom, which each mail contains. */
  postal: string
  /** The secrets of links in mails: the first signs, all of them are accepted. */
  secrets: readonly [current: string, ...former: string[]]
  /** When digests are sent, in the time zone of the site: the hour of the day, and the day of weekly ones. */
  digest: { hour: number; day: Weekday }
  /** The largest number of mails with a confirmation in an hour. */
  maxConfirmationsPerHour: number
}

/** Whether mail is on. It is incomplete if some of its settings are there, and `missing` are the names of the others. */
type MailState =
  | { kind: 'on'; mail: MailSettings }
  | { kind: 'incomplete'; missing: readonly string[] }
  | { kind: 'off' }

/**
 * Returns the settings of mail if all of them are there. A local run keeps its mails whatever the other settings say, and needs
 * neither a sender nor a postal address.
 */
export function mailOf(config: MailConfig): MailState {
  const { site, mailServer, mailLoopback, subscriptionSecrets, digestHour, digestDay, mailCap } = config
  if (!mailServer && !mailLoopback && !config.mailFrom) return { kind: 'off' }
  const { mailFrom, sitePostal } = mailLoopback ? withLocalDefaults(config) : config
  const destination = destinationOf(config)
  const [current, ...former] = subscriptionSecrets
  if (destination && mailFrom && sitePostal && current) {
    const mail: MailSettings = {
      destination,
      from: { name: site.title, ...mailFrom },
      postal: sitePostal,
      secrets: [current, ...former],
      digest: { hour: digestHour, day: digestDay },
      maxConfirmationsPerHour: mailCap,
    }
    return { kind: 'on', mail }
  }
  const needed = {
    SMTP_URL: destination,
    MAIL_FROM: mailFrom,
    SITE_POSTAL: sitePostal,
    SUBSCRIPTION_SECRET: current,
  }
  return {
    kind: 'incomplete',
    missing: Object.entries(needed).flatMap(([name, value]) => (value ? [] : name)),
  }
}

function destinationOf({ mailServer, mailLoopback }: MailConfig): MailDestination | undefined {
  if (mailLoopback) return { kind: 'loopback', url: mailLoopback }
  return mailServer && { kind: 'smtp', server: mailServer }
}

const withLocalDefaults = ({ mailFrom, sitePostal }: MailConfig) => ({
  mailFrom: mailFrom ?? { address: 'infolettre@localhost.invalid' },
  sitePostal: sitePostal || '[the postal address of the newsroom: set SITE_POSTAL in wrangler.toml]',
})
