import { env } from 'cloudflare:workers'
import { hashOf } from '../../src/http/token.ts'
import { type NotifySite, openNotify } from './notify-site.ts'
import { token } from './site.ts'

export const second = 1000
export const minute = 60_000

/** A test site on which readers comment on the article `un`, and are told of comments by mail. */
export interface ToldComments extends NotifySite {
  /** Sends a comment on an article, which waits for a moderator, and returns its id. */
  comment: (form?: Record<string, string | string[]>, slug?: string) => Promise<string>
  /** Puts comments into a state. */
  decide: (state: string, ...ids: readonly string[]) => Promise<Response>
  /** Sends a comment that is then approved, and returns its id. */
  approved: (form?: Record<string, string | string[]>, slug?: string) => Promise<string>
  /** Confirms by the link in the last mail, and returns the path of the page of the subscription. */
  confirm: () => Promise<string>
  /** Runs cron, and returns the comments of which mails tell: the address, and the texts of those that a mail quotes. */
  sweepTold: () => Promise<string[]>
}

export async function openToldComments(settings: Record<string, string> = {}): Promise<ToldComments> {
  const site = await openNotify({
    ...{ COMMENTS: 'all-held', SITE_CONTACT: 'flux@kiosque.example' },
    ...{ API_TOKENS: `tests:admin:${await hashOf(token)}`, ...settings },
  })
  await site.put('un', { title: 'Le pont' })
  await site.drain()
  let clients = 0
  const comment: ToldComments['comment'] = async (form = {}, slug = 'un') => {
    const page = await (await site.get(`/articles/${slug}/comments/new`)).text()
    site.wait(5 * second)
    const sent = await site.send(
      `/articles/${slug}/comments/new`,
      { name: 'Lea', text: 'Bonjour.', ...form, form: /name="form" value="([^"]*)"/.exec(page)?.[1] ?? '' },
      { 'CF-Connecting-IP': `2001:db8:0:${(clients++).toString(16)}::1` },
    )
    if (sent.status !== 201) throw new Error(`${sent.status} ${await sent.text()}`)
    return ((await sent.json()) as { id: string }).id
  }
  const decide: ToldComments['decide'] = (state, ...ids) => site.call('POST', '/api/comments', { ids, state })
  return {
    ...site,
    ...{ comment, decide },
    approved: async (form, slug) => {
      const id = await comment(form, slug)
      await decide('approved', id)
      return id
    },
    confirm: async () => {
      await site.drain()
      const confirmed = await site.send(site.link(), '')
      return confirmed.headers.get('Location')?.split('?')[0] ?? `not confirmed: ${confirmed.status}`
    },
    sweepTold: async () => {
      const before = site.mails.length
      await site.sweep()
      return site.mails
        .slice(before)
        .map(
          ({ to, text }) => `${to} ${[...text.matchAll(/^> (.+)$/gm)].map(([, said]) => said).join(' | ')}`,
        )
    },
  }
}

/** The number of rows of a table. */
export const rowsOf = async (table: string): Promise<number> =>
  (await env.DB.prepare(`SELECT count(*) AS count FROM ${table}`).first<{ count: number }>())?.count ?? 0
