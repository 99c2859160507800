import type { Group } from '../domain/share.ts'
import type { Label } from './labels.ts'
import type { RenderParameters } from './parameters.ts'
import type { Segmentation } from './segmentation.ts'

/** What a reader shares of an article. Each text is one line; the URL has no campaign parameters. */
export interface Shared {
  title: string
  url: string
  /** A text by the reader or the editor that replaces the title. */
  text?: string
  /** The passage of the article that the reader quotes. */
  quote?: string
  /** The absolute address of the article's picture. */
  image?: string
  /** The address of the QR code for the article's short link. */
  qr?: string
  /** The id of the site's own app at Facebook. */
  facebookApp?: string
  /**
   * The article's short link; absent unless the settings ask for short links. Each network gets a variant of
   * its own, so that visits are counted by network.
   */
  short?: string
}

/** The values from which a network's share link is made: the URL, and the text shortened to the network's limit. */
export type Fitted = Omit<Shared, 'text' | 'quote'> & { text: string }

/**
 * The kinds of evidence for a row of the tables of networks and feed readers. D: documentation of the network
 * or a standard; C: source code; I: an issue; B: a secondary source; M: own measurement; F: common practice; K:
 * knowledge that was not checked.
 */
export type Grade = 'D' | 'C' | 'I' | 'B' | 'M' | 'F' | 'K'

/** The tiers of networks. A: offered by default; B: useful for some sites; C: useful for few sites. */
type Tier = 'A' | 'B' | 'C'

/**
 * How the browser handles a share link: as an ordinary link, in a popup window, in an app, by a script, or on a
 * server of the reader's choice.
 */
export type LinkKind = 'link' | 'popup' | 'app' | 'js' | 'server'

/**
 * The values of the parameter `utm_medium` that Google Analytics 4 recognizes; it reports visits with other
 * values as "Unassigned".
 */
export type Medium = 'social' | 'email' | 'sms' | 'referral'

/**
 * Returns the length of a text in three parts, counted as a network counts. The second part is an ellipsis, or empty
 * if the first part is not shortened. The third part is empty or begins with a space or a closing quotation mark, so
 * that no web address and no grapheme continues from one part to the next, except that the last grapheme of the first
 * part may include one character of the next part.
 */
export type Measure = (start: string, ellipsis: '' | '…', after: string) => number

/**
 * The maximum length of a text on a network, by the network's own way of counting. The length is that of the
 * content that the network's input field will contain.
 */
export interface Limit {
  max: number
  /**
   * Returns a function that measures texts for what is shared. The function may remember what it measured last,
   * because a text is shortened by measuring several of its beginnings.
   */
  openMeasure: (shared: Omit<Fitted, 'text'>, segmentation: Segmentation) => Measure
}

/** A network or service with which a reader shares an article. */
export interface Network {
  id: string
  tier: Tier
  group: Group
  kind: LinkKind
  medium: Medium
  /** Whether the network itself documents the form of the share link's address. */
  status: 'official' | 'unofficial'
  /** The network's own documentation of the share link; if there is none, the best other evidence. */
  docs: string
  /** The month in which the documentation or other evidence of the share link's form was checked. */
  verified: string
  evidence: readonly Grade[]
  label: Label
  /**
   * What the network accepts. `text`: the URL and any text; `title`: the URL and the article's title, but no
   * other text; `url`: the URL only.
   */
  takes: 'text' | 'title' | 'url'
  limit?: Limit
  /** A value that the share link requires. The network is not offered for an article without this value. */
  needs?: 'image' | 'qr' | 'facebookApp'
  /**
   * Returns the address of the share link, in which `{host}` stands for the reader's own server. `render` renders the
   * address's query parameters.
   */
  href: (shared: Fitted, render: RenderParameters) => string
  /** The address that `href` must return for the data in `sample`; a test compares the two. */
  example: string
}

/** The data from which the `example` of every network is made. */
export const sample: Shared & Required<Pick<Shared, 'image' | 'qr' | 'facebookApp'>> = {
  title: '« L’été » : 100 % "d\'ici" & #tag…',
  url: 'https://kiosque.example/articles/été?a=1&b=2#haut',
  image: 'https://kiosque.example/media/été.jpg',
  qr: 'https://kiosque.example/qr/4mTBRMsJx9k.svg',
  facebookApp: '1234567890',
}
