import { make } from './make.ts'

declare global {
  interface HTMLElementTagNameMap {
    'kiosque-comments': HTMLElement
  }
}

/** Puts a button in the place of the link that follows a marked passage. It opens the answers below the paragraph, and closes them. */
export function openInPlace(link: HTMLAnchorElement): void {
  const { article = '', question = '' } = link.dataset
  const label = link.getAttribute('aria-label') ?? ''
  const named = { 'aria-label': label, title: link.title }
  const state = { type: 'button', class: 'kiosque-question', 'aria-expanded': 'false' }
  const button = make('button', { ...state, ...named }, '?')
  const region = { article, question, role: 'region', 'aria-label': label }
  // The link is in the panel until the answers are there, and if they do not come.
  const panel = make('kiosque-comments', region, make('a', { href: link.href }, label))
  button.onclick = () => turn(button, panel)
  link.parentElement?.replaceWith(button)
}

/** Opens the panel of a button, or closes it. A closed one keeps what was written. */
function turn(button: HTMLElement, panel: HTMLElement): void {
  const isOpen = panel.isConnected && !panel.hidden
  const block = button.closest('p, h2, h3, h4, h5, h6, pre')
  panel.hidden = isOpen
  if (!panel.isConnected && block) block.after(panel)
  else if (!panel.isConnected)
    button.closest('li, td, th, dd, dt, figcaption, blockquote, div')?.append(panel)
  button.setAttribute('aria-expanded', String(!isOpen))
}
