/** The renderers' part of every validator: it changes when the bytes of feeds and pages may. */
export const rendererDigest = '16d61e8f'
/** The source that gives those bytes; `npm run golden` writes both, a test compares this one. */
export const sourceDigest = '16d61e8f'
