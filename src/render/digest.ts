/** The part of every ETag that changes when the bytes of feeds and pages may have changed: a digest of the renderers. */
export const rendererDigest = '4f35193c'
/** The digest of the renderers' present source code, with which a test compares it. `npm run golden` writes `rendererDigest` and this digest. */
export const sourceDigest = '4f35193c'
