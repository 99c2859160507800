import type { Context } from './context.ts'
import { fill, make } from './make.ts'
import { keepOwn, type Own } from './own.ts'

/** Says what became of a comment, and shows the comments that can still be changed, each with the buttons for it. */
export function showOwn(context: Context, said = ''): void {
  const { words, status, own } = context
  const message = make('p', { role: 'status', tabindex: '-1' })
  fill(status, [message, own.length > 0 && make('p', {}, words.own), own.map((one) => panelOf(context, one))])
  message.textContent = said
  if (said) message.focus()
}

function panelOf(context: Context, one: Own): HTMLElement {
  const { words } = context
  const text = make('textarea', { 'aria-label': words.text })
  text.value = one.text
  const save = make('button', {}, words.edit)
  const remove = make('button', { type: 'button' }, words.delete)
  const form = make('form', {}, text, make('p', {}, save, remove))
  form.onsubmit = (event) => {
    event.preventDefault()
    act(context, one, 'save', text.value)
  }
  remove.onclick = () => act(context, one, 'delete')
  return form
}

/**
 * Changes or deletes a comment. Its token is sent in a header, because servers keep the addresses of requests. Whatever goes wrong, the
 * text that was to be saved stays on the page.
 */
async function act(context: Context, one: Own, action: 'save' | 'delete', text = ''): Promise<void> {
  const { words, base, language, own, place } = context
  const isSaved = action === 'save'
  one.text = text || one.text
  let said = words.failed
  let isOver = false
  try {
    const response = await fetch(new URL(`../../comments/${one.id}/edit`, base), {
      method: 'POST',
      headers: { Accept: 'application/json', 'Comment-Token': one.token },
      body: new URLSearchParams({ action, text, lang: language }),
    })
    const { status, ok } = response
    isOver = status === 404
    if (ok) said = (await response.json()).message
    else if (isOver) said = words.over
    else if (status === 422) said = words.unreadable
    if (isOver || (ok && !isSaved)) own.splice(own.indexOf(one), 1)
  } catch {}
  keepOwn(place, own)
  showOwn(context, said)
  if (isOver && isSaved)
    context.status.append(make('textarea', { readonly: '', 'aria-label': words.text }, text))
}
