/** The renderers' part of every validator: it changes when the bytes of feeds and pages may. */
export const rendererDigest = '6daa54e2'
/** The source that gives those bytes; `npm run golden` writes both, a test compares this one. */
export const sourceDigest = '6daa54e2'
