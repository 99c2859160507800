/** Of the source of everything that makes bytes; `npm run golden` writes it, a test compares it. */
export const rendererDigest = '865aed32'
