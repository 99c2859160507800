/** The name and the e-mail address of a sender or recipient. The address passes `isEmailAddress`. */
export interface Mailbox {
  name?: string
  address: string
}

/** A mail server to which messages are submitted (RFC 6409). */
export interface MailServer {
  host: string
  port: number
  /** TLS from the first byte, by STARTTLS, or by STARTTLS only if the server offers it (on this machine only). */
  tls: 'on' | 'starttls' | 'optional'
  /** The login; without it, no login takes place. */
  login?: { user: string; password: string }
}

/** Where mails go: a mail server, or the address at which `npm start` keeps them. */
export type MailDestination = { kind: 'smtp'; server: MailServer } | { kind: 'loopback'; url: string }

/** The days of the week, from Monday as in ISO 8601. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof weekdays)[number]
