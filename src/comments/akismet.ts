// I/O: sends requests to other hosts.
import type { CheckedSender } from '../domain/comment.ts'
import type { Call } from '../domain/ports.ts'

const commentCheck = 'https://rest.akismet.com/1.1/comment-check'

/** A comment as Akismet examines it. `permalink` is the address of the article; `address` and `agent` are those of the client. */
export interface SuspectedComment {
  permalink: string
  name: string
  email: string
  text: string
  language: string
  isReply: boolean
  address: string
  agent: string
}

interface AkismetPorts {
  call: Call
  key: string
  /** The address of the site. */
  blog: string
  /** Is told why a comment could not be examined. */
  tell: (failure: string) => void
  url?: string
}

/** Makes the function that asks Akismet whether a comment is spam (`refused`). The site never deletes what Akismet suspects. */
export const akismetWith =
  ({ call, key, blog, tell, url = commentCheck }: AkismetPorts) =>
  async (comment: SuspectedComment): Promise<CheckedSender> => {
    const { permalink, name, email, text, language, isReply, address, agent } = comment
    const form = new URLSearchParams({
      ...{ api_key: key, blog, user_ip: address, user_agent: agent, permalink },
      ...{ comment_type: isReply ? 'reply' : 'comment', comment_author: name, comment_author_email: email },
      ...{ comment_content: text, blog_lang: language, blog_charset: 'UTF-8' },
    })
    const answer = await call({
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new TextEncoder().encode(form.toString()),
    })
    const said = 'fault' in answer ? undefined : answer.text.trim()
    if (said === 'true') return 'refused'
    if (said === 'false') return 'passed'
    tell('fault' in answer ? answer.fault : said === 'invalid' ? 'invalid key' : `answered ${answer.status}`)
    return 'unavailable'
  }
