type Child = Node | string | false | undefined

/** What an element contains. What is false, undefined or empty is left out. */
type Content = readonly (Child | readonly Child[])[]

/** Puts content in the place of what an element contains. No text is read as HTML, so that a policy of trusted types allows it. */
export function fill(element: Element, content: Content): void {
  element.replaceChildren(...(content.flat().filter(Boolean) as (Node | string)[]))
}

/** Makes an HTML element with attributes and content. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...content: Content
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  fill(made, content)
  return made
}
