/** How much a request for share links may hold: texts in characters, lists in entries. */
export const shareLimits = { title: 1000, text: 1000, quote: 1000, networks: 100, pages: 100 } as const

/** The id of a network, as the source of a regular expression without anchors. */
export const networkIdPattern = '[a-z]{1,30}'

/** The form of a network's id. */
export const networkId = new RegExp(`^${networkIdPattern}$`)

/** What a reader does with a network: shows the article to many, sends it to somebody, keeps it, or takes its address. */
export type Group = 'show' | 'send' | 'keep' | 'take'

/** The verbs of share labels; a language's file says each. */
export type Verb = 'shareOn' | 'shareIn' | 'sendVia' | 'sendBy' | 'saveTo'

/** The names in share labels that each language has a word for, while the name of a network is the same in all. */
export type CommonName = 'email' | 'sms' | 'copyLink' | 'qrCode'

/** What is said of a network in brackets behind its name. */
export type NetworkNote = 'fediverse' | 'atWork' | 'withText' | 'yourServer'
