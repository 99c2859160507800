const here = import.meta.url

/**
 * Requests the list of share links for the element's article from the server of this script, and fills the
 * element with the list. If the request fails, the element's content stays unchanged. XMLHttpRequest is used,
 * because it can parse a document without running scripts or needing Trusted Types.
 */
export async function load(row: HTMLElement): Promise<void> {
  const address = new URL(`${encodeURIComponent(row.getAttribute('article') ?? '')}.html`, here)
  for (const name of ['lang', 'networks']) {
    const value = row.closest(`[${name}]`)?.getAttribute(name)
    if (value) address.searchParams.set(name, value)
  }
  const [list] = await Promise.all([fetchDocument(address), dress(row.getRootNode() as Document)])
  if (list) row.replaceChildren(...list.body.children)
}

const fetchDocument = (address: URL): Promise<Document | null> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('GET', address)
    request.responseType = 'document'
    request.onloadend = () => resolve(request.status === 200 ? request.response : null)
    request.send()
  })

let sheet: Promise<CSSStyleSheet[]> | undefined

/**
 * Adds the element's styles as a constructed style sheet, because the page's Content-Security-Policy does not
 * restrict such style sheets.
 */
async function dress(root: Document): Promise<void> {
  sheet ??= fetch(new URL('v1.css', here))
    .then(async (response) => {
      return [await new CSSStyleSheet().replace(await response.text())]
    })
    .catch(() => [])
  root.adoptedStyleSheets = [...new Set(root.adoptedStyleSheets.concat(await sheet))]
}
