import type { Element, ElementContent, RootContent } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { failure, type Result, success } from '../domain/problem.ts'
import { parseHtmlFragment } from './fragment.ts'
import { cleanHtml } from './html.ts'
import { htmlOfPlainMarkdown } from './markdown.ts'

/** The elements of a comment. All of them are written in Markdown; a comment has no HTML of its own. */
const elements: ReadonlySet<string> = new Set([
  ...['p', 'br', 'em', 'strong', 'code', 'pre', 'blockquote', 'a'],
])

/** The blocks of Markdown that a comment cannot have, such as headings; their text becomes paragraphs. */
const lines: ReadonlySet<string> = new Set(['h2', 'h3', 'h4', 'h5', 'h6', 'li', 'tr'])

const blocks: ReadonlySet<string> = new Set([...lines, 'p', 'pre', 'blockquote', 'ul', 'ol', 'table'])

/**
 * Tells search engines that nobody of the site has chosen the link, and keeps the opened page from reaching the one that it was
 * opened from.
 */
const rel = ['nofollow', 'ugc', 'noopener']

/** A comment as HTML, and the number of its links. `html` is empty if the text shows nothing, such as `[](x)`. */
interface CommentHtml {
  html: string
  links: number
}

/**
 * Converts the text of a comment, in a subset of Markdown, to clean HTML: paragraphs, emphasis, quotes, code and links to web
 * pages. The text of all other Markdown becomes paragraphs, those of a list with its signs, and HTML is shown as it was written.
 * `base` is an absolute URL. A text that is nested too deeply or costs too much is refused.
 */
export function htmlOfComment(text: string, base: string): Result<CommentHtml> {
  const written = htmlOfPlainMarkdown(text)
  const clean = written.ok ? cleanHtml(written.value, base) : written
  if (!clean.ok) return refuse()
  const count = { links: 0 }
  const children = parseHtmlFragment(clean.value).children.flatMap((node) => reduce(node, count))
  const html = toHtml({ type: 'root', children }, { characterReferences: { useNamedReferences: true } })
  return success({ html: showsNothing(children) ? '' : html.trim(), links: count.links })
}

const refuse = () =>
  failure({
    kind: 'invalid-request',
    task: 'add a comment',
    issues: [
      { field: 'text', reason: 'has quotes or marks of Markdown that cannot be read; use fewer of them' },
    ],
  })

function reduce(node: RootContent, count: { links: number }): ElementContent[] {
  if (node.type === 'text') return [node]
  if (node.type !== 'element') return []
  const { tagName, properties } = node
  if (tagName === 'ol' || tagName === 'ul') return items(node, count)
  const children = node.children.flatMap((child) => reduce(child, count))
  if (tagName === 'td' || tagName === 'th') return [...children, { type: 'text', value: ' ' }]
  if (tagName === 'a') {
    const href = String(properties.href)
    if (!/^https?:/.test(href)) return children
    count.links += 1
    return [{ type: 'element', tagName, properties: { href, rel }, children }]
  }
  if (elements.has(tagName)) return [{ type: 'element', tagName, properties: {}, children }]
  return lines.has(tagName) ? paragraphs(children) : children
}

/** Writes the items of a list as paragraphs, each with its number or a bullet: "1999. What a year!" is a list for Markdown. */
function items({ tagName, properties, children }: Element, count: { links: number }): ElementContent[] {
  let number = Number(properties.start ?? 1)
  return children.flatMap((child) => {
    const [first, ...others] = reduce(child, count)
    if (child.type !== 'element' || first === undefined) return first ? [first, ...others] : []
    const sign = { type: 'text' as const, value: tagName === 'ol' ? `${number++}. ` : '• ' }
    return first.type === 'element' && first.tagName === 'p'
      ? [{ ...first, children: [sign, ...first.children] }, ...others]
      : [...paragraphs([sign]), first, ...others]
  })
}

/** Puts the text between blocks into paragraphs. */
function paragraphs(nodes: readonly ElementContent[]): ElementContent[] {
  const runs: ElementContent[][] = []
  let isOpen = false
  for (const node of nodes) {
    const isInline = !isBlock(node)
    if (isInline && isOpen) runs.at(-1)?.push(node)
    else runs.push([node])
    isOpen = isInline
  }
  return runs.flatMap((children) => {
    const isText = !children.some(isBlock)
    if (isText && showsNothing(children)) return []
    return isText ? [{ type: 'element' as const, tagName: 'p', properties: {}, children }] : children
  })
}

const isBlock = (node: ElementContent): boolean => node.type === 'element' && blocks.has(node.tagName)

const showsNothing = (nodes: readonly ElementContent[]): boolean =>
  nodes.every((node) =>
    node.type === 'text' ? !/\S/.test(node.value) : node.type !== 'element' || showsNothing(node.children),
  )
