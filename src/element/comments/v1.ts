import { writeOn } from './form.ts'
import { listOf } from './list.ts'
import { make } from './make.ts'
import { type Own, ownOf } from './own.ts'
import { showOwn } from './own-panel.ts'
import type { Thread } from './threads.ts'
import type { ElementWords, Order } from './words.ts'

declare const WORDS: Record<string, ElementWords>
declare const STYLES: string

/** The texts in the language of the place where an element stands, which are English if Kiosque does not have the language. */
function wordsAt(element: Element): [language: string, words: ElementWords] {
  const language = element.closest('[lang]')?.getAttribute('lang') || 'en'
  const known = language.slice(0, 2).toLowerCase()
  return WORDS[known] ? [language, WORDS[known]] : ['en', WORDS.en as ElementWords]
}

/** Whether a click asks for a new tab or window. */
const isElsewhere = ({ ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean =>
  ctrlKey || metaKey || shiftKey || altKey

/**
 * The element `<kiosque-comments article="…">`, which shows the first threads of an article in an order, and a form. It asks for
 * nothing before it comes near to the visible part of the page. Until it has an answer, and if there is none, its content stays.
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

  private async load(order: Order = 'newest'): Promise<void> {
    const article = this.getAttribute('article') ?? ''
    const base = new URL(`../../articles/${encodeURIComponent(article)}/comments`, import.meta.url).href
    const response = await fetch(`${base}.json${order === 'newest' ? '' : `?order=${order}`}`)
    if (!response.ok) throw response
    const { threads, count }: { threads: Thread[]; count: number } = await response.json()
    dress(this.getRootNode() as Document)
    const [language, words] = wordsAt(this)
    const own: Own[] = ownOf(article, Date.now())
    const status = make('div')
    const context = { article, base, language, words, status, own }
    const reply = (label: string, query = '') => {
      const link = make('a', { href: `${base}/new${query}`, rel: 'nofollow' }, label)
      link.onclick = (event) => {
        if (isElsewhere(event)) return
        event.preventDefault()
        writeOn(context, link)
      }
      return link
    }
    const ordered = (Object.keys(words.orders) as Order[]).map((one) => {
      const link = make('a', { href: `${base}?order=${one}`, rel: 'nofollow' }, words.orders[one])
      if (one === order) link.setAttribute('aria-current', 'true')
      link.onclick = (event) => {
        if (isElsewhere(event)) return
        event.preventDefault()
        this.load(one)
          .then(() => this.querySelector<HTMLElement>('[aria-current]')?.focus())
          .catch(() => location.assign(link.href))
      }
      return link
    })
    const all = make('a', { href: base }, `${words.view} (${count})`)
    this.replaceChildren(
      make('p', {}, reply(words.write), all),
      status,
      ...(threads.length > 1 ? [make('nav', { 'aria-label': words.order }, make('p', {}, ...ordered))] : []),
      threads.length > 0 ? listOf({ base, language, words, reply }, threads) : make('p', {}, words.none),
    )
    showOwn(context)
  }
}

/** The styles as a constructed style sheet, which a page's Content-Security-Policy does not restrict. All elements share it. */
const sheet = new CSSStyleSheet()
sheet.replaceSync(STYLES)

/** Adds the styles to the document or shadow tree in which an element stands, once. */
function dress(root: Document): void {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}

if (!customElements.get('kiosque-comments')) customElements.define('kiosque-comments', Comments)
