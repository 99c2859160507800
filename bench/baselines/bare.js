import { etag, headers, lastModified } from './answer.js'
import body from './body.bin'

/** The bare Worker, the upper limit of speed: it sends one stored answer with Kiosque's headers, and handles conditional polls. */
export default {
  fetch(request) {
    const ifNoneMatch = request.headers.get('If-None-Match')
    const since = ifNoneMatch === null ? request.headers.get('If-Modified-Since') : null
    if (ifNoneMatch === etag || (since !== null && Date.parse(since) >= lastModified)) {
      return new Response(null, { status: 304, headers })
    }
    return new Response(body, { headers })
  },
}
