import type { Context } from './context.ts'
import { make } from './make.ts'
import { keepOwn } from './own.ts'
import { showOwn } from './own-panel.ts'
import { type FormWords, mistakeOf, type NoticeWords } from './words.ts'

const headers = { Accept: 'application/json' }

/** A form as the site gives it: its token, and its texts; with `notify`, people can ask to be told of other comments. */
interface Blank {
  form: string
  words: FormWords
  notify?: NoticeWords
}

/**
 * Opens the form in place of the page to which a link leads, and returns its field for the text. It is undefined if the site gives no
 * form here, as to a website that it does not know or where a check needs a script of its own.
 */
export async function openForm(
  context: Context,
  link: HTMLAnchorElement,
): Promise<HTMLTextAreaElement | undefined> {
  const place = link.parentElement as HTMLElement
  const next = place.nextElementSibling
  const opened = next?.matches('form') && next.querySelector('textarea')
  if (opened) return opened
  const blank = await blankOf(context).catch(() => undefined)
  if (!blank) return undefined
  const { words, notify } = blank
  const text = make('textarea', { name: 'text', required: '' })
  const name = make('input', { name: 'name', required: '', autocomplete: 'nickname' })
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
    notify && boxesOf(notify),
    wrong,
    send,
  )
  const { searchParams } = new URL(link.href)
  const [parent, question] = ['reply', 'question'].map((one) => searchParams.get(one) ?? '')
  let current = blank.form
  form.onsubmit = async (event) => {
    event.preventDefault()
    send.disabled = true
    wrong.textContent = ''
    const fields = new FormData(form)
    const more = { form: current, parent, question, lang: context.language }
    for (const [field, value] of Object.entries(more)) fields.set(field, value as string)
    try {
      const body = new URLSearchParams([...fields] as [string, string][])
      const response = await fetch(`${context.base}/new`, { method: 'POST', headers, body })
      const answer = await response.json()
      if (response.ok) {
        form.remove()
        const { id, token, message } = answer
        if (token) context.own.push({ id, token, text: text.value, until: Date.now() + 600_000 })
        keepOwn(context.place, context.own)
        return showOwn(context, message)
      }
      const mistake = mistakeOf(response.status, answer.issues?.[0]?.field, text.value, email.value)
      wrong.textContent = mistake ? words.wrong[mistake] : context.words.failed
      if (mistake === 'expired') current = (await blankOf(context))?.form ?? current
    } catch {
      wrong.textContent = context.words.failed
    } finally {
      send.disabled = false
    }
  }
  place.after(form)
  return text
}

/** Makes the boxes of what the author can be told, with what the author agrees to by ticking them. None is ticked. */
const boxesOf = ({ tellMe, boxes, hint, consent }: NoticeWords): HTMLElement =>
  make(
    'fieldset',
    {},
    make('legend', {}, tellMe),
    Object.entries(boxes).map(([value, title]) =>
      make('label', {}, make('input', { type: 'checkbox', name: 'notify', value }), title),
    ),
    [hint, ...consent].map((sentence) => make('small', {}, sentence)),
  )

/** Gets a form in the language of the element; undefined if a form needs more than its token. */
async function blankOf({ base, language }: Context): Promise<Blank | undefined> {
  const response = await fetch(`${base}/new?lang=${language}`, { headers })
  const blank = await response.json()
  return response.ok && !blank.siteKey ? blank : undefined
}
