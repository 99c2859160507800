import type { Group } from '../domain/share.ts'
import type { Label } from './labels.ts'

/** What a reader shares. Texts are one line each; the URL is the clean one, without campaign tags. */
export interface Shared {
  title: string
  url: string
  /** The reader's or the editor's own words, instead of the title. */
  text?: string
  /** A passage of the article. */
  quote?: string
  /** The absolute address of the article's picture. */
  image?: string
  /** The address of the QR code of the article's short link. */
  qr?: string
  /** The site's own app at Facebook. */
  facebookApp?: string
  /** The article's short link, where readers share that: each network gets its own, so that it is counted. */
  short?: string
}

/** What a network's link is made of: the URL, and the text that was fitted for it. */
export type Fitted = Omit<Shared, 'text' | 'quote'> & { text: string }

/**
 * How a row is known. D: the network's document or a standard; C: source code that was read; I: an issue;
 * B: a secondary note; M: measured; F: folk practice; K: from memory, not checked.
 */
export type Grade = 'D' | 'C' | 'I' | 'B' | 'M' | 'F' | 'K'

/** A: offered unless the site says otherwise; B: of use to some sites; C: to few. */
type Tier = 'A' | 'B' | 'C'

/** How a link is used: as it is, in a small window, by an app, by a script, or on the reader's own server. */
export type LinkKind = 'link' | 'popup' | 'app' | 'js' | 'server'

/** The words of Google Analytics 4 for where a visit comes from; any other lands in "Unassigned". */
export type Medium = 'social' | 'email' | 'sms' | 'referral'

/** How much a network takes, by its own way of counting; what is measured is what its box will hold. */
export interface Limit {
  max: number
  measure: (text: string, shared: Omit<Fitted, 'text'>) => number
}

/** Where a reader shares to. */
export interface Network {
  id: string
  tier: Tier
  group: Group
  kind: LinkKind
  medium: Medium
  /** Whether the network itself documents the address. */
  status: 'official' | 'unofficial'
  /** The network's own page on it; where it has none, the best evidence. */
  docs: string
  /** The month in which the evidence was read. */
  verified: string
  evidence: readonly Grade[]
  label: Label
  /** What it takes beside the URL. */
  takes: 'text' | 'title' | 'url'
  limit?: Limit
  /** It is left out of the offer where this is not known. */
  needs?: 'image' | 'qr' | 'facebookApp'
  /** The share link; `{host}` stands for the reader's own server. */
  href: (shared: Fitted) => string
  /** The share link of `sample`. */
  example: string
}

/** What every `example` shares. */
export const sample: Shared & Required<Pick<Shared, 'image' | 'qr' | 'facebookApp'>> = {
  title: '« L’été » : 100 % "d\'ici" & #tag…',
  url: 'https://kiosque.example/articles/été?a=1&b=2#haut',
  image: 'https://kiosque.example/media/été.jpg',
  qr: 'https://kiosque.example/qr/4mTBRMsJx9k.svg',
  facebookApp: '1234567890',
}
