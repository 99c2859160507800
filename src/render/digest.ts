/** The digest of the renderers in every ETag. It changes when the bytes of feeds and pages may have changed. */
export const rendererDigest = '978b71bd'
/** The digest of the source code of the renderers. `npm run golden` writes both digests; a test compares `sourceDigest` with the source code. */
export const sourceDigest = '978b71bd'
