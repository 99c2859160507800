import type { Answered } from '../domain/feed.ts'

/** The attributes of the element `thr:in-reply-to` (RFC 4685 §3), with the namespace of the element. */
export const replyAttributes = ({ id, url }: Answered): Record<string, string> => ({
  'xmlns:thr': 'http://purl.org/syndication/thread/1.0',
  ref: id,
  ...(url !== undefined && { href: url, type: 'text/html' }),
})
