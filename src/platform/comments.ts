import { akismetWith } from '../comments/akismet.ts'
import type { CommentPorts } from '../comments/ports.ts'
import { turnstileWith } from '../comments/turnstile.ts'
import { turnstileOf } from '../config/comments.ts'
import type { Config } from '../config/settings.ts'
import type { Log } from '../domain/ports.ts'
import { callWith } from '../hub/outbound.ts'
import type { Ports } from '../ports.ts'

interface Platform extends Pick<CommentPorts, 'comments' | 'bytes'> {
  log: Log
  /** Sends a request to another host. */
  send: (request: Request) => Promise<Response>
}

/** The ports of the flow of comments. A check whose settings are not complete is left out. */
export function commentPorts(
  env: Env,
  config: Config | undefined,
  { comments, bytes, log, send }: Platform,
): Ports['commenting'] {
  const turnstile = config && turnstileOf(config)
  const tell = (service: string) => (failure: string) => log('comment-check-failed', { service, failure })
  const call = callWith(send, `Kiosque (+${config?.site.url ?? ''})`)
  return {
    comments,
    bytes,
    mayAsk: async (key) => (await env.SUBSCRIBERS.limit({ key })).success,
    ...(turnstile && {
      isHuman: turnstileWith({ call, bytes, secret: turnstile.secret, tell: tell('turnstile') }),
    }),
    ...(config?.akismetKey && {
      isSpam: akismetWith({ call, key: config.akismetKey, blog: config.site.url, tell: tell('akismet') }),
    }),
  }
}
