import { etag, headers, lastModified } from './answer.js'
import body from './body.bin'

/**
 * The bare Worker, which does the least possible work and so shows the maximum speed. It answers every request
 * with one stored answer of Kiosque, or with 304 if the request contains a validator of that answer.
 */
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
