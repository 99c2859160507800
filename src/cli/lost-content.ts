import type { Element, Root } from 'hast'
import type { ArticleInput } from '../domain/input.ts'
import { shortened } from '../domain/text.ts'
import { dropped, lateSourceSets, lateSources, mediaSchemes } from '../ingest/allowed.ts'
import { slugFor } from '../ingest/article.ts'
import { parseHtmlFragment } from '../ingest/fragment.ts'
import { cleanHtml } from '../ingest/html.ts'
import { bodyOf, elementsIn, writtenAddress } from './body-tree.ts'
import type { ImportItem } from './import.ts'

/** The elements that show something of their own, which is lost when the cleaning of a body removes them. */
const embedding: ReadonlySet<string> = new Set(
  'iframe object embed applet form svg math canvas portal fencedframe'.split(' '),
)

/** Matches a body of which the cleaning may remove something that needs a warning. */
const mayLose = new RegExp(`<(?:${[...dropped, 'iframe', 'embed', 'img'].join('|')})\\b|!\\[`, 'i')

const maxNamedPictures = 3
const maxAddressCharacters = 80

/**
 * Adds warnings to each article of whose body something is lost when it is cleaned: embedded parts such as frames and forms,
 * pictures whose address is not on the web, or all of it. Articles of a backup get none, because they were cleaned before.
 */
export function warnOfLostContent(found: readonly ImportItem[]): ImportItem[] {
  return found.map((item) => {
    if (!('article' in item) || !item.article.ok || item.origin) return item
    const warnings = warningsAbout(item.article.value)
    return warnings.length > 0 ? { ...item, warnings: [...(item.warnings ?? []), ...warnings] } : item
  })
}

function warningsAbout(input: ArticleInput): string[] {
  const { html, markdown, text } = input
  const source = html ?? markdown ?? text ?? ''
  if (source.trim() === '' || text !== undefined) return []
  if (!mayLose.test(source) && source.replace(/<[^<>]*>/g, '').trim() !== '') return []
  const body = bodyOf(input)
  const base = input.url ?? `https://site.invalid/articles/${slugFor(input)}`
  const clean = body && cleanHtml(body.html, base)
  if (!body || !clean?.ok) return []
  const pictures = elementsIn(body.tree, isLostPicture(base)).map(({ properties }) =>
    shortened(writtenAddress(properties.src, input), maxAddressCharacters),
  )
  return [
    ...(clean.value.trim() === ''
      ? ['text: nothing is left of it, as the body has no text that articles may have']
      : []),
    ...aboutEmbedded(body.tree, clean.value, base),
    ...aboutPictures([...new Set(pictures)]),
  ]
}

/** Warns of the embedded parts that the cleaned body lacks. */
function aboutEmbedded(tree: Root, clean: string, base: string): string[] {
  const players = elementsIn(parseHtmlFragment(clean), ({ tagName }) => tagName === 'iframe')
  const kept = new Set(players.map(({ properties }) => properties.src))
  const lost = elementsIn(tree, ({ tagName }) => embedding.has(tagName)).filter(
    (one) => one.tagName !== 'iframe' || !kept.has(URL.parse(addressOf(one), base)?.href),
  )
  const [first] = lost
  if (first === undefined) return []
  const names = [...new Set(lost.map(({ tagName }) => tagName))].join(', ')
  const address = shortened(addressOf(first), maxAddressCharacters)
  const count = `${lost.length} embedded ${lost.length === 1 ? 'part' : 'parts'} (${names}) left out`
  return [`text: ${count}${address === '' ? '' : `, first ${address}`}`]
}

/** The address that an embedded part shows; empty if it has none. */
function addressOf({ properties }: Element): string {
  const address = [properties.src, properties.data, properties.action].find((one) => typeof one === 'string')
  return String(address ?? '').trim()
}

function aboutPictures(written: readonly string[]): string[] {
  if (written.length === 0) return []
  const others = written.length - maxNamedPictures
  const names = `${written.slice(0, maxNamedPictures).join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  return [`pictures: left out, because their addresses are not on the web: ${names}`]
}

/** Tells whether an element is a picture that has an address, but none that a reader can load. */
function isLostPicture(base: string): (element: Element) => boolean {
  return ({ tagName, properties }) => {
    if (tagName !== 'img') return false
    if ([properties.srcSet, ...lateSourceSets.map((name) => properties[name])].some(Boolean)) return false
    const addresses = [properties.src, ...lateSources.map((name) => properties[name])].filter(
      (address): address is string => typeof address === 'string' && address.trim() !== '',
    )
    const isOnWeb = (address: string) => mediaSchemes.has(URL.parse(address.trim(), base)?.protocol ?? '')
    return addresses.length > 0 && !addresses.some(isOnWeb)
  }
}
