/**
 * Limits of a request for share links: texts in characters, lists in entries. `encoded` limits the texts of one page,
 * percent-encoded, times the number of networks that the request names, because most networks get every text.
 */
export const shareLimits = {
  ...{ title: 1000, text: 1000, quote: 1000 },
  ...{ networks: 100, pages: 100, encoded: 250_000 },
} as const

/** The source of the regular expression for the id of a share network, without anchors. */
export const networkIdPattern = '[a-z]{1,30}'

/** The form of the id of a share network. */
export const networkId = new RegExp(`^${networkIdPattern}$`)

/**
 * The groups of share networks, by what a reader does there: show the article to many people, send it to
 * somebody, keep it, or take its address.
 */
export type Group = 'show' | 'send' | 'keep' | 'take'

/** The verbs in the labels of share links; the file of each language translates them. */
export type Verb = 'shareOn' | 'shareIn' | 'sendVia' | 'sendBy' | 'saveTo'

/**
 * The words that stand in the label of a share link instead of a network's name, such as “email”. The file of
 * each language translates these words; names of networks are not translated.
 */
export type CommonName = 'email' | 'sms' | 'copyLink' | 'qrCode'

/** The notes that stand in brackets after a network's name in the label of a share link. */
export type NetworkNote = 'fediverse' | 'atWork' | 'withText' | 'yourServer'
