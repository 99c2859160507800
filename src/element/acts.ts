import { say, show } from './say.ts'
import { hostOf, recall, remember } from './server.ts'

/** What the attribute `data-act` of a link or button may say; other values leave a link as it is. */
export type Act = 'native' | 'copy' | 'popup' | 'server' | 'print'

/** What each does, with the group that it stands in. */
export const acts: Record<Act, (group: HTMLElement, target: HTMLElement, event: Event) => void> = {
  native,
  copy,
  popup,
  server,
  print: () => print(),
}

/** Shows the buttons that are hidden as long as no script runs; native sharing only where this can be shared. */
export function reveal(row: HTMLElement): void {
  for (const button of row.querySelectorAll<HTMLElement>('[hidden]>[data-act]')) {
    const isNative = button.dataset.act === 'native'
    const item = button.parentElement as HTMLElement
    item.hidden = isNative && !navigator.canShare?.(shared(groupOf(button) as HTMLElement))
  }
}

/** The list that a link or button stands in, with what it shares. */
export const groupOf = (target: HTMLElement): HTMLElement | null => target.closest<HTMLElement>('[data-url]')

/** The title and the clean address. */
const shared = ({ dataset: { url, title } }: HTMLElement) => ({ title, url }) as ShareData

/** Nothing is awaited before `share`, or the browser would no longer take it for the reader's wish. */
function native(group: HTMLElement, target: HTMLElement, event: Event): void {
  navigator.share(shared(group)).catch(({ name }) => {
    if (name !== 'AbortError') copy(group, target, event)
  })
}

/** Copies the address, or shows it for copying by hand where the clipboard is absent or forbidden. */
async function copy(group: HTMLElement, target: HTMLElement, event: Event): Promise<void> {
  event.preventDefault()
  const { url = '', done = '' } = group.dataset
  try {
    await navigator.clipboard.writeText(url)
    say(group, done)
  } catch {
    show(group, target, 'label', url)
  }
}

/** A small window where there is a mouse; on a phone the plain link also finds the network's own app. */
function popup(_group: HTMLElement, target: HTMLElement, event: Event): void {
  if (!matchMedia('(pointer:fine) and (min-width:48em)').matches) return
  event.preventDefault()
  open((target as HTMLAnchorElement).href, '_blank', 'noreferrer,width=640,height=640')
}

/** Opens the network on the reader's own server, which is asked for and known to this browser only. */
function server(group: HTMLElement, target: HTMLElement): void {
  const { id = '', href = '' } = target.dataset
  const input = show(group, target, 'form', recall(id))
  const form = input.form as HTMLFormElement
  form.onsubmit = (event) => {
    event.preventDefault()
    const host = hostOf(input.value)
    if (!host) return input.select()
    remember(id, host)
    form.hidden = true
    target.focus()
    open(
      href.replace('{host}', () => host),
      '_blank',
      'noreferrer',
    )
  }
}
