import type { Context } from './context.ts'
import { make } from './make.ts'
import { keepOwn } from './own.ts'
import { showOwn } from './own-panel.ts'
import { mistakeOf } from './words.ts'

const json = { Accept: 'application/json' }

/**
 * Opens the form in place of the page to which a link leads. If the site gives no form here, as to a website that it does not know
 * or where a check needs a script of its own, the browser follows the link.
 */
export async function writeOn(context: Context, link: HTMLAnchorElement): Promise<void> {
  const { words } = context
  const place = link.parentElement as HTMLElement
  const next = place.nextElementSibling
  if (next?.matches('form')) return next.querySelector('textarea')?.focus()
  const token = await tokenOf(context).catch(() => '')
  if (!token) return location.assign(link.href)
  const text = make('textarea', { name: 'text', required: '', maxlength: '4000' })
  const name = make('input', { name: 'name', required: '', maxlength: '60', autocomplete: 'nickname' })
  const email = make('input', { name: 'email', type: 'email', maxlength: '254', autocomplete: 'email' })
  const label = (title: string, field: HTMLElement, hint: string) =>
    make('label', {}, title, field, make('small', {}, hint))
  const wrong = make('p', { role: 'alert' })
  const send = make('button', {}, words.send)
  const form = make(
    'form',
    {},
    label(words.text, text, words.textHint),
    label(words.name, name, words.nameHint),
    label(words.email, email, words.emailHint),
    wrong,
    send,
  )
  const parent = new URL(link.href).searchParams.get('reply') ?? ''
  let current = token
  form.onsubmit = async (event) => {
    event.preventDefault()
    send.disabled = true
    wrong.textContent = ''
    const fields = { form: current, parent, text: text.value, name: name.value, email: email.value }
    try {
      const response = await fetch(`${context.base}/new`, {
        method: 'POST',
        headers: json,
        body: new URLSearchParams(fields),
      })
      const answer = await response.json()
      if (response.ok) {
        form.remove()
        const { state, id, token } = answer
        if (token) context.own.push({ id, token, text: text.value, until: Date.now() + 600_000 })
        keepOwn(context.article, context.own)
        return showOwn(context, state === 'approved' ? words.approved : words.pending)
      }
      const mistake = mistakeOf(response.status, answer.issues?.[0]?.field, text.value)
      wrong.textContent = words.wrong[mistake]
      if (mistake === 'expired') current = await tokenOf(context)
    } catch {
      wrong.textContent = words.wrong.tooMany
    } finally {
      send.disabled = false
    }
  }
  place.after(form)
  text.focus()
}

/** Gets the token of a form. It is empty if a form needs more than a token. */
async function tokenOf({ base }: Context): Promise<string> {
  const response = await fetch(`${base}/new`, { headers: json })
  const { form, siteKey } = await response.json()
  return response.ok && siteKey === undefined ? form : ''
}
