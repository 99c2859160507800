import type { CommentWords } from './languages/comments.ts'
import type { DigestSchedule, Schedule } from './notify.ts'
import type { Folder } from './selection.ts'
import type { CommonName, Group, NetworkNote, Verb } from './share.ts'

/** One of the languages in which the project writes pages, feeds and share links. */
export interface Language {
  /**
   * The texts for language tags without a region, and for language tags that have the same region as
   * `words.tag`.
   */
  words: Words
  /** The texts for the regions other than the one in `words.tag`; absent if the wording is the same in all regions. */
  otherRegions?: Words
  /**
   * Function words, separated by spaces, that are common in this language and rare in its neighbours. They
   * serve to guess the language of a text.
   */
  functionWords: string
  /**
   * Matches the names that bylines of this language give to a desk or to the whole newsroom, such as `Sports
   * desk`. It matches as few names of persons as possible.
   */
  deskName: RegExp
  /**
   * The texts that are intentionally the same as in English, identified by their position in the language file,
   * such as `page.folders.sections`. A test reports any other text that equals the English one as a missing
   * translation.
   */
  asInEnglish: readonly string[]
}

/** All texts that readers see in one language, with the language's typography: spaces, quotation marks and dates. */
export interface Words {
  /** The language tag of these texts. Dates for a tag without a region are formatted in the locale of this tag. */
  tag: string
  /** A colon, preceded by a space if the language writes one. */
  colon: string
  /** The quotation marks around a quoted passage; `{}` stands for the passage. */
  quote: string
  /**
   * Functions that correct a date formatted by `Intl` to the usual spelling: `day` for a day, `time` for a day
   * with the time of day.
   */
  day: (written: string) => string
  time: (written: string) => string
  /** The word for a correction: it precedes the text of a correction, and is the label of the category in feeds. */
  correction: string
  page: PageWords
  feed: FeedWords
  hub: HubWords
  share: ShareWords
  notify: NotifyWords
  comments: CommentWords
}

/** The HTTP statuses for which readers get an error page in their own language. */
type ApologyStatus = 404 | 410 | 429 | 503

/** The text of an error page in the reader's language, which replaces the problem's technical text. */
export interface Apology {
  title: string
  detail: string
}

/** The texts for readers on all pages. */
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
  /** The hint on a link that opens in a new tab. */
  newTab: string
  license: string
  address: string
  /** The text above the name of a section, tag or author on its page, by folder (`sections`, `tags`, `authors`). */
  folders: Record<Folder, string>
  apologies: Record<ApologyStatus, Apology>
}

/** The texts of the pages about feeds. */
export interface FeedWords {
  /** Returns the name of a feed in the given format. */
  kind: (format: string) => string
  explanation: string
  address: string
  raw: string
  otherFormats: string
  open: string
  /** The label of the link that opens the feed in the application installed for feeds on the reader's device. */
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
  /** Returns the title of a part of the directory of feeds; the part begins with the given section, tag or author. */
  startingAt: (folder: string, name: string) => string
  initials: Record<Folder, string>
  opml: string
  opmlExplanation: string
  nothing: string
  /** Comes before the address at which the authors of feed readers can write. */
  contact: string
}

/** The texts of the page at the address of the WebSub hub. */
interface HubWords {
  title: string
  explanation: string
  /** The label of the link to the directory of feeds. */
  choose: string
  /** The heading of the part for programmers. */
  developers: string
  request: string
  answer: string
  specification: string
}

/** The texts of share links, the row of share links and the share menu. */
interface ShareWords {
  /** The accessible name of the group of share links. */
  group: string
  /** The texts of the labels of share links; `{}` stands for the name of the network. */
  verbs: Record<Verb, string>
  names: Record<CommonName, string>
  notes: Record<NetworkNote, string>
  native: string
  print: string
  copied: string
  /** The text of the link to the whole share menu; `allWays` is the addition for screen readers. */
  more: string
  allWays: string
  /** The label of the field for the address of the reader's own server. */
  server: string
  go: string
  /** The text before an address that the reader must copy by hand. */
  byHand: string
  menu: string
  groups: Record<Group, string>
  shortLink: string
  qr: string
  scan: string
  counted: string
}

/** A heading and the sentence below it. */
interface Explained {
  title: string
  detail: string
}

/** The texts of the mails that tell people of articles, and of the pages on which people ask for these mails. */
interface NotifyWords {
  title: string
  explanation: string
  subscribe: string
  /** The name of the way, and the label of the link to the form, beside the links to feeds, where mail is the only way. */
  byEmail: string
  /** The label of the form on the page of an article. */
  tellMe: string
  browser: string
  moreChoices: string
  what: string
  /** Returns the name of a choice: the articles of the named section, tag or author. */
  of: Record<Folder, (name: string) => string>
  correctionsOf: (title: string) => string
  correctionsHere: string
  /** Where those sections, tags and authors can be chosen that are not in the form. */
  elsewhere: string
  email: string
  emailExample: string
  when: string
  schedules: Record<Schedule, string>
  /** Returns the text to which a person agrees by sending the form; `site` is the name of the site. */
  consent: (site: string) => string
  kept: string
  abroad: string
  responsible: string
  wrong: Record<NotifyMistake, string>
  asked: Explained
  /** What the page says of the hour in which an address gets one mail, and of mails that do not arrive. */
  askedInVain: string
  /** What the page of a confirmation says if there would be too many choices. */
  confirm: Explained & { action: string; full: string }
  /** `joined`: the new address has a subscription already. */
  confirmAddress: Explained & { action: string; joined: string }
  alreadyConfirmed: Explained
  expired: Explained
  /** The address of the request was erased, or its subscription has ended. */
  erasedRequest: Explained
  invalid: Explained
  manage: string
  /** Returns why a person gets mails: the day of the consent, and the e-mail address. */
  why: (day: string, email: string) => string
  since: (day: string) => string
  choices: string
  addChoices: string
  save: string
  saved: string
  confirmed: string
  paused: string
  pause: string
  resume: string
  /** What the page of a subscription says if nothing is ticked when the choices are saved. */
  lastChoice: string
  resumed: string
  changeAddress: Explained & { label: string; action: string }
  addressAsked: string
  /** The address that was named is the present one. */
  addressKept: string
  addressChanged: string
  exported: Explained
  end: Explained & { action: string }
  /** `action` opens the question, and `confirm` is its button. */
  erase: Explained & { action: string; confirm: string }
  ended: Explained
  erased: Explained
  mail: NotifyMailWords
  push: NotifyPushWords
}

/**
 * What can be wrong in a form that a person has sent: the e-mail address, that nothing or too much is ticked, or a choice that does
 * not exist (any more).
 */
export type NotifyMistake = 'email' | 'selection' | 'invalid' | 'tooMany'

/** The texts of the mails alone. */
export interface NotifyMailWords {
  confirm: { subject: string; intro: (site: string) => string; action: string }
  confirmAddress: { subject: string; intro: (site: string) => string }
  already: { subject: string; intro: (site: string) => string; detail: string }
  /** The sentences about a link that confirms: how long it is valid, and what happens without a confirmation. */
  notAsked: string
  corrected: string
  read: string
  digests: Record<DigestSchedule, (day: string) => string>
  count: (articles: number) => string
  others: string
  because: string
  manage: string
  unsubscribe: string
}

/** The texts about notifications in a browser. */
export interface NotifyPushWords {
  /** The name of the way, and the label of the link to the form, beside the links to feeds, where no mail is sent. */
  inBrowser: string
  /** The label of that link where people can be told in both ways, and what stands above the button of the browser there. */
  both: string
  withoutAddress: string
  /** What the page of the form is called and says where no mail is sent, and where people can be told in both ways. */
  title: string
  bothTitle: string
  explanation: string
  bothExplanation: string
  /** Returns the text to which a person agrees by the button; `site` is the name of the site. */
  consent: (site: string) => string
  kept: string
  /** What the page says below the button: after a press, and if this browser is told already. */
  done: string
  denied: string
  failed: string
  already: string
  manage: string
  /** What the page says to browsers that have no script or no notifications, where no mail is sent. */
  unavailable: string
  ended: Explained
  /** Returns why a browser is told: the day of the consent. */
  why: (day: string) => string
  /** The title of the notification that stands for several articles; `#` is their number. */
  group: string
  /** Returns the title of a digest of more than this number of articles. */
  more: (articles: number) => string
  withdrawn: Explained
}
