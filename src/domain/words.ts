import type { Folder } from './selection.ts'
import type { CommonName, Group, NetworkNote, Verb } from './share.ts'

/** One of the languages that pages, feeds and share links are written in. */
export interface Language {
  /** The words for a tag without a region, and for the region in `words.tag`. */
  words: Words
  /** The words for every other region, where they differ. */
  otherRegions?: Words
  /** Words that hold sentences together, parted by spaces: common in this language, rare in its neighbours. */
  functionWords: string
  /** Paths of the words that are correct although English has the same; a test refuses any other untranslated word. */
  asInEnglish: readonly string[]
}

/** Every word that a reader is shown, with the typography of its language: its spaces, quotation marks and dates. */
export interface Words {
  /** The language tag of these words; its locale also writes dates for a tag without a region. */
  tag: string
  /** The colon with the space before it, if any. */
  colon: string
  /** The marks around a quoted passage; `{}` is the passage. */
  quote: string
  /** Turn what `Intl` writes for a day, or for a day with the time, into what people write. */
  day: (written: string) => string
  time: (written: string) => string
  /** Stands before the note of a correction. */
  correction: string
  page: PageWords
  feed: FeedWords
  share: ShareWords
}

/** The statuses whose page explains the problem in the reader's language. */
type ApologyStatus = 404 | 410 | 503

/** What a reader is told instead of a problem's own words. */
export interface Apology {
  title: string
  detail: string
}

/** The words of every page. */
export interface PageWords {
  skip: string
  home: string
  subscribe: string
  empty: string
  by: string
  source: string
  published: string
  updated: string
  credit: string
  summaryOnly: string
  readOn: (host: string) => string
  attachments: string
  topics: string
  /** Added to a link that opens elsewhere. */
  newTab: string
  license: string
  address: string
  /** What stands above a selection's name, by its folder. */
  folders: Record<Folder, string>
  apologies: Record<ApologyStatus, Apology>
}

/** The words of the pages about feeds. */
export interface FeedWords {
  /** What a feed in that format is called. */
  kind: (format: string) => string
  explanation: string
  address: string
  raw: string
  otherFormats: string
  open: string
  /** Whatever reader is installed on the device. */
  application: string
  own: string
  ownAddress: string
  ownExample: string
  ownShow: string
  ownUnknown: string
  subscribeIn: (reader: string, host: string) => string
  newest: string
  older: string
  all: string
  directory: string
  directoryExplanation: string
  folders: Record<Folder, string>
  everything: string
  more: Record<Folder, string>
  /** What a part of a folder is called that begins with a name. */
  startingAt: (folder: string, name: string) => string
  initials: Record<Folder, string>
  opml: string
  opmlExplanation: string
  nothing: string
}

/** The words of share links, of their row and of their menu. */
interface ShareWords {
  /** The name of the group of links. */
  group: string
  /** What a label says around a name; `{}` is the name. */
  verbs: Record<Verb, string>
  names: Record<CommonName, string>
  notes: Record<NetworkNote, string>
  native: string
  print: string
  copied: string
  /** Leads to the whole menu; what is said after it is for ears. */
  more: string
  allWays: string
  /** Asks for the reader's server. */
  server: string
  go: string
  /** Stands before an address that must be copied by hand. */
  byHand: string
  menu: string
  groups: Record<Group, string>
  shortLink: string
  qr: string
  scan: string
  counted: string
}
