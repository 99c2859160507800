import { type Act, acts, groupOf, reveal } from './acts.ts'
import { load } from './load.ts'

/**
 * `<kiosque-share>`: makes a list of share links do more than links can. The list is its children, or that of the
 * article named by its attribute `article`, which takes the children's place once it has come.
 */
class Row extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', this)
    reveal(this)
    if (this.hasAttribute('article')) load(this).then(() => reveal(this))
  }

  /** A click with a key is the reader's own way to open a link, and so is every other button of the mouse. */
  handleEvent(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const target = (event.target as Element).closest<HTMLElement>('[data-act]')
    const group = target && groupOf(target)
    if (group) acts[target?.dataset.act as Act]?.(group, target as HTMLElement, event)
  }
}

// A page may load the script twice, under two addresses.
if (!customElements.get('kiosque-share')) customElements.define('kiosque-share', Row)
