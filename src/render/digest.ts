/** The digest of the renderers in every ETag. It changes when the bytes of feeds and pages may have changed. */
export const rendererDigest = '21f92bce'
/** The digest of the source of the renderers. `npm run golden` writes both digests; a test compares this one with the source. */
export const sourceDigest = '21f92bce'
