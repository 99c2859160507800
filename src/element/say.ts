/** Shows a message for five seconds, and has screen readers announce it. */
export function say(group: HTMLElement, text: string): void {
  const status = group.querySelector('[role=status]') as HTMLElement
  status.textContent = text
  setTimeout(() => status.replaceChildren(), 5000)
}

/**
 * Shows a hidden part of the list of share links, and selects the text of the part's input field. The Escape
 * key hides the part again.
 */
export function show(group: HTMLElement, target: HTMLElement, part: string, value: string): HTMLInputElement {
  const shown = group.querySelector(`:scope>${part}`) as HTMLElement
  const input = shown.querySelector('input') as HTMLInputElement
  shown.hidden = false
  shown.onkeydown = ({ key }) => {
    if (key !== 'Escape') return
    shown.hidden = true
    target.focus()
  }
  input.value = value
  input.focus()
  input.select()
  return input
}
