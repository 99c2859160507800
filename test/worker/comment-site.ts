import { type CommentDraft, commentsPath } from '../../src/domain/comment.ts'
import { mailSettings, openSite, type TestSite } from './site.ts'

type Form = Record<string, string>

/** A test site on which readers may comment. */
export interface CommentSite extends TestSite {
  /** Gets the form of a comment on an article, and returns its token. */
  form: (slug: string) => Promise<string>
  /**
   * Sends a form as a browser does, each time from another network; without `form` with a token that was made five seconds before.
   */
  send: (slug: string, form: Form, headers?: Record<string, string>) => Promise<Response>
}

const { SUBSCRIPTION_SECRET } = mailSettings

/** The state that the page after a form says, in French. */
export async function stateIn(response: Response): Promise<string> {
  const page = await response.text()
  const has = (...sentences: string[]) => sentences.some((one) => page.includes(one))
  if (has('La rédaction le lit avant de le publier.', 'La rédaction lit le nouveau texte')) return 'pending'
  return has('Votre commentaire est publié.', 'Le nouveau texte paraîtra')
    ? 'approved'
    : `${response.status} ${page}`
}

/** A public comment without a sender, on the article with the slug. */
export const commentOn = (slug: string, id: string): CommentDraft => ({
  ...{ id, path: commentsPath(slug), state: 'approved', reasons: [], name: 'Kim', text: 'Oui.' },
  ...{ html: '<p>Oui.</p>', form: id, network: '', editHash: '', editUntil: 0 },
})

export async function openComments(settings: Record<string, string> = {}): Promise<CommentSite> {
  const site = await openSite({ COMMENTS: 'all-held', SUBSCRIPTION_SECRET, ...settings })
  const form = async (slug: string) => {
    const page = await (await site.get(`/articles/${slug}/comments/new`)).text()
    return /name="form" value="([^"]*)"/.exec(page)?.[1] ?? ''
  }
  let clients = 0
  return {
    ...site,
    form,
    send: async (slug, given, headers = {}) => {
      const token = given.form ?? (await form(slug))
      if (given.form === undefined) site.wait(5000)
      const fields = { name: 'Kim', text: 'Bonjour.', ...given, form: token }
      return site.call('POST', `/articles/${slug}/comments/new`, new URLSearchParams(fields).toString(), {
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'text/html',
        Origin: 'https://kiosque.example',
        'Sec-Fetch-Site': 'same-origin',
        'CF-Connecting-IP': `2001:db8:0:${(clients++).toString(16)}::1`,
        ...headers,
      })
    },
  }
}
