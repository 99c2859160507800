/** The renderers' part of every validator: it changes when the bytes of feeds and pages may. */
export const rendererDigest = 'e04dbcc6'
/** The source that gives those bytes; `npm run golden` writes both, a test compares this one. */
export const sourceDigest = 'e04dbcc6'
