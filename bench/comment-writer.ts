import { makeForm } from '../src/comments/form.ts'
import { commentsPath } from '../src/domain/comment.ts'
import { token } from './worker.ts'

const secret = 'a-secret-of-the-bench-of-32-characters'

/** The settings of a site on which each comment is public at once. */
export const bindings = { COMMENTS: 'open', SUBSCRIPTION_SECRET: secret }

/** Saves thirty articles, `a0` to `a29`, in the Worker at an address. */
export async function saveArticles(address: string): Promise<void> {
  for (let at = 0; at < 30; at++) {
    const slug = `a${at}`
    const response = await fetch(`${address}/api/articles/${slug}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        title: `Titre de ${slug}`,
        text: 'Le conseil a voté hier soir.\n\n'.repeat(90),
      }),
    })
    if (!response.ok) throw new Error(`Cannot save: ${response.status} ${await response.text()}`)
    await response.body?.cancel()
  }
}

/** Sends a comment on an article as a browser does whose form was made ten seconds ago. Returns the status. */
export async function writeComment(address: string, slug: string, number: number): Promise<number> {
  const ports = {
    secrets: [secret] as const,
    clock: () => Date.now() - 10_000,
    bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
  }
  const form = await makeForm(ports, commentsPath(slug))
  const response = await fetch(`${address}/${commentsPath(slug)}/new`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Accept: 'application/json',
      'CF-Connecting-IP': `10.9.${number % 250}.${(number >> 8) % 250}`,
    },
    body: new URLSearchParams({ form, name: 'Kim', text: `Texte ${number}` }).toString(),
  })
  await response.body?.cancel()
  return response.status
}
