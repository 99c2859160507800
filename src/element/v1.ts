import { type Act, acts, groupOf, reveal } from './acts.ts'
import { load } from './load.ts'

/**
 * The element `<kiosque-share>`, which adds actions to a list of share links. The list is the element's
 * children. If the attribute `article` names an article, the list of that article's links replaces the
 * children.
 */
class Row extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', this)
    reveal(this)
    if (this.hasAttribute('article')) load(this).then(() => reveal(this))
  }

  /**
   * Runs the action of a link or button that is clicked without a modifier key. A click with a modifier key
   * has only its usual effect in the browser.
   */
  handleEvent(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const target = (event.target as Element).closest<HTMLElement>('[data-act]')
    const group = target && groupOf(target)
    if (group) acts[target?.dataset.act as Act]?.(group, target as HTMLElement, event)
  }
}

// A page may load the script twice, under two addresses, but an element can be defined only once.
if (!customElements.get('kiosque-share')) customElements.define('kiosque-share', Row)
