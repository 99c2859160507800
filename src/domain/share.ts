/** How much a request for share links may hold: texts in characters, lists in entries. */
export const shareLimits = { title: 1000, text: 1000, quote: 1000, networks: 100, pages: 100 } as const

/** The id of a network, as the source of a regular expression without anchors. */
export const networkIdPattern = '[a-z]{1,30}'

/** The form of a network's id. */
export const networkId = new RegExp(`^${networkIdPattern}$`)
