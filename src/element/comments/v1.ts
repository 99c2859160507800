import { writeOn } from './form.ts'
import { make } from './make.ts'
import { type Own, ownOf } from './own.ts'
import { showOwn } from './own-panel.ts'
import { type Part, partsOf } from './text.ts'
import { type Nested, nest, type Said, type Thread } from './threads.ts'
import type { ElementWords } from './words.ts'

declare const WORDS: Record<string, ElementWords>
declare const STYLES: string

/** The texts in the language of the place where an element stands, which are English if Kiosque does not have the language. */
function wordsAt(element: Element): [language: string, words: ElementWords] {
  const language = element.closest('[lang]')?.getAttribute('lang') || 'en'
  const known = language.slice(0, 2).toLowerCase()
  return WORDS[known] ? [language, WORDS[known]] : ['en', WORDS.en as ElementWords]
}

/**
 * The element `<kiosque-comments article="…">`, which shows the newest threads of an article and a form. It asks for nothing before
 * it comes near to the visible part of the page. Until it has an answer, and if there is none, its content stays.
 */
class Comments extends HTMLElement {
  connectedCallback(): void {
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        seen.disconnect()
        this.load().catch(() => {})
      },
      { rootMargin: '400px' },
    )
    seen.observe(this)
  }

  private async load(): Promise<void> {
    const article = this.getAttribute('article') ?? ''
    const base = new URL(`../../articles/${encodeURIComponent(article)}/comments`, import.meta.url).href
    const response = await fetch(`${base}.json`)
    if (!response.ok) return
    const { threads, count }: { threads: Thread[]; count: number } = await response.json()
    dress(this.getRootNode() as Document)
    const [language, words] = wordsAt(this)
    const own: Own[] = ownOf(article, Date.now())
    const status = make('div')
    const context = { article, base, words, status, own }
    const reply = (label: string, query = '', name?: string) => {
      const link = make('a', { href: `${base}/new${query}`, rel: 'nofollow' }, label)
      if (name)
        link.setAttribute(
          'aria-label',
          words.replyTo.replace('{name}', () => name),
        )
      link.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        writeOn(context, link)
      }
      return link
    }
    const saidOf = ({ id, url = '', name = '', html = '', published = '' }: Said) => {
      const date = new Date(published).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' })
      const time = make('time', { datetime: published }, date)
      return [
        make('p', {}, make('strong', {}, make('bdi', {}, name)), ' ', make('a', { href: url }, time)),
        make('div', { dir: 'auto' }, ...partsOf(html).map(nodeOf)),
        make('p', {}, reply(words.reply, `?reply=${id}`, name)),
      ]
    }
    const listOf = (nested: readonly Nested[]): HTMLElement =>
      make(
        'ol',
        {},
        ...nested.map(({ said, replies }) =>
          make(
            'li',
            { id: `c-${said.id}` },
            ...saidOf(said),
            ...(replies.length > 0 ? [listOf(replies)] : []),
          ),
        ),
      )
    const items = threads.map((thread) => {
      const said = thread.name === undefined ? [make('p', {}, words.removed)] : saidOf(thread)
      const last = thread.replies.at(-1)
      const more =
        thread.more && last
          ? [make('p', {}, make('a', { href: `${base}?comment=${last.id}` }, words.allReplies))]
          : []
      const replies = thread.replies.length > 0 ? [listOf(nest(thread))] : []
      return make('li', { id: `c-${thread.id}` }, ...said, ...replies, ...more)
    })
    const all = make('a', { href: base }, `${words.view} (${count})`)
    const list = items.length > 0 ? make('ol', {}, ...items) : make('p', {}, words.none)
    this.replaceChildren(make('p', {}, reply(words.write), all), status, list)
    showOwn(context)
  }
}

function nodeOf(part: Part): Node | string {
  if (typeof part === 'string') return part
  const rel = 'nofollow ugc noopener'
  return make(part.name, part.href ? { href: part.href, rel } : {}, ...part.parts.map(nodeOf))
}

/** Adds the styles as a constructed style sheet, which a page's Content-Security-Policy does not restrict. */
function dress(root: Document): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLES)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}

if (!customElements.get('kiosque-comments')) customElements.define('kiosque-comments', Comments)
