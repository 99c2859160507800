import { etag, headers, lastModified } from './answer.js'
import body from './body.bin'

/** The limit: one answer, held as bytes, with the headers that Kiosque sends and what a poll needs of conditions. */
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
