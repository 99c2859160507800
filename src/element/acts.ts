import { say, show } from './say.ts'
import { hostOf, recall, remember } from './server.ts'

/** The values of the attribute `data-act` of a link or button; a link with another value is an ordinary link. */
export type Act = 'native' | 'copy' | 'popup' | 'server' | 'print'

/**
 * The action for each value of `data-act`. An action gets the list of share links that contains the clicked
 * element, the clicked element, and the event.
 */
export const acts: Record<Act, (group: HTMLElement, target: HTMLElement, event: Event) => void> = {
  native,
  copy,
  popup,
  server,
  print: () => print(),
}

/**
 * Shows the buttons that are hidden while no script runs. The button for the browser's sharing dialog is shown
 * only if the browser can share the address.
 */
export function reveal(row: HTMLElement): void {
  for (const button of row.querySelectorAll<HTMLElement>('[hidden]>[data-act]')) {
    const isNative = button.dataset.act === 'native'
    const item = button.parentElement as HTMLElement
    item.hidden = isNative && !navigator.canShare?.(shared(groupOf(button) as HTMLElement))
  }
}

/**
 * Returns the list of share links that contains the given link or button. The data attributes of the list
 * contain the title and address to share.
 */
export const groupOf = (target: HTMLElement): HTMLElement | null => target.closest<HTMLElement>('[data-url]')

/** The title and address to share. The address has no tracking parameters. */
const shared = ({ dataset: { url, title } }: HTMLElement) => ({ title, url }) as ShareData

/**
 * Opens the browser's sharing dialog. The function awaits nothing before it calls `share`, because browsers
 * allow this call only directly after a click.
 */
function native(group: HTMLElement, target: HTMLElement, event: Event): void {
  navigator.share(shared(group)).catch(({ name }) => {
    if (name !== 'AbortError') copy(group, target, event)
  })
}

/** Copies the address, or shows it for copying by hand if the browser has no clipboard or forbids its use. */
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

/**
 * Opens the link in a small window if the device has a mouse and a wide screen. Otherwise the browser follows
 * the link as usual, because on a phone the link can open the network's own app.
 */
function popup(_group: HTMLElement, target: HTMLElement, event: Event): void {
  if (!matchMedia('(pointer:fine) and (min-width:48em)').matches) return
  event.preventDefault()
  open((target as HTMLAnchorElement).href, '_blank', 'noreferrer,width=640,height=640')
}

/**
 * Opens the share form on the server on which the reader has an account. The reader types the server's name,
 * and only this browser stores the name.
 */
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
