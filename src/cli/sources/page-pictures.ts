import type { Element, Page } from './page-dom.ts'

/**
 * Shows the pictures that a page has only for some browsers: an `img` in a `noscript`, unless the element around it shows a picture
 * already, and the first address in the `source` elements of a `picture` whose `img` has none. Pictures that count readers, which
 * are not larger than a pixel or are hidden, stay where they are.
 */
export function showPictures(page: Page): void {
  const withPicture = new Set<Element>()
  for (const image of page.querySelectorAll('img'))
    if (!image.closest('noscript'))
      for (let one: Element | null = image; one && !withPicture.has(one); one = one.parentElement)
        withPicture.add(one)
  for (const silent of page.querySelectorAll('body noscript')) {
    const around = silent.parentElement
    if (!around || around.localName === 'body' || withPicture.has(around)) continue
    const [picture, ...others] = silent.querySelectorAll('img')
    if (!picture || others.length > 0 || /\S/.test(silent.textContent) || isCounter(picture)) continue
    silent.replaceWith(picture)
    withPicture.add(around)
  }
  for (const picture of page.querySelectorAll('picture')) {
    const address = [...picture.querySelectorAll('source')].map(firstAddressOf).find((one) => one !== '')
    const image = picture.querySelector('img') ?? page.createElement('img')
    if (address === undefined || lazySources.some((name) => image.getAttribute(name))) continue
    image.setAttribute('src', address)
    if (!picture.contains(image)) picture.append(image)
  }
}

/** Attributes from which the address of a picture is read; the last ones are those of programs that load pictures late. */
const lazySources = ['src', 'srcset', 'data-src', 'data-srcset', 'data-original', 'data-lazy-src']

const firstAddressOf = (source: Element): string =>
  (source.getAttribute('srcset') ?? source.getAttribute('data-srcset') ?? '')
    .slice(0, maxCharacters)
    .trim()
    .split(/\s/, 1)[0]
    ?.replace(/,$/, '') ?? ''

const maxCharacters = 2000

const isCounter = (picture: Element): boolean =>
  ['width', 'height'].some((name) => /^[01](?:px)?$/.test(picture.getAttribute(name) ?? '')) ||
  /display:\s?none|visibility:\s?hidden/.test(picture.getAttribute('style') ?? '')
