/** The digest of the renderers in every ETag. It changes when the bytes of feeds and pages may have changed. */
export const rendererDigest = 'd552e2b6'
/** The digest of the source of the renderers. `npm run golden` writes both digests; a test compares this one with the source. */
export const sourceDigest = 'd552e2b6'
