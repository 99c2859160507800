/** Of the source of everything that makes bytes; `npm run golden` writes it, a test compares it. */
export const rendererDigest = 'a45e09e9'
