const here = import.meta.url

/**
 * Fills the row with the list that the server makes of its article, from where the script came. If that does not
 * come, what is in the row stays. A document by XMLHttpRequest runs nothing and needs no trusted type.
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

/** As a constructed style sheet, so that the page's policy need not let in any style. */
async function dress(root: Document): Promise<void> {
  sheet ??= fetch(new URL('v1.css', here))
    .then(async (response) => {
      return [await new CSSStyleSheet().replace(await response.text())]
    })
    .catch(() => [])
  root.adoptedStyleSheets = [...new Set(root.adoptedStyleSheets.concat(await sheet))]
}
