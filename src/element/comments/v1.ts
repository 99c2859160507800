import { openForm } from './form.ts'
import { openInPlace } from './in-place.ts'
import { languageOf } from './language.ts'
import { listOf } from './list.ts'
import { fill, make } from './make.ts'
import { type Own, ownOf } from './own.ts'
import { showOwn } from './own-panel.ts'
import type { Question, Thread } from './threads.ts'
import type { ElementWords, Order } from './words.ts'

declare const WORDS: Record<string, ElementWords>
declare const STYLES: string

/** What comments.json says, as far as the element needs it. */
interface Answer {
  threads: Thread[]
  /** The questions of the author that the threads answer; absent if they answer none. */
  questions?: Question[]
  count: number
  /** Whether nobody can comment any more. */
  closed: boolean
  /** The time zone in which the site shows dates. */
  timeZone: string
}

/**
 * The element `<kiosque-comments article="…">`, which shows the first threads of an article in an order, and a form. It asks for
 * nothing before it comes near to the visible part of the page. Until it has an answer, and if there is none, its content stays.
 * With `question`, the key of a question, it shows the answers and the form of an answer.
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
    const [article = '', question = ''] = ['article', 'question'].map((one) => this.getAttribute(one) ?? '')
    const base = new URL(`../../articles/${encodeURIComponent(article)}/comments`, import.meta.url).href
    const search = question ? `?question=${question}` : ''
    const response = await fetch(`${base}.json${order === 'newest' ? search : `?order=${order}`}`)
    if (!response.ok) throw response
    const { threads, questions = [], count, closed, timeZone }: Answer = await response.json()
    dress(this.getRootNode() as Document)
    const [language, known] = languageOf(this.closest('[lang]')?.getAttribute('lang') ?? '', WORDS)
    const words = WORDS[known] as ElementWords
    const place = question ? `${article}-${question}` : article
    const own: Own[] = ownOf(place, Date.now())
    const status = make('div')
    const context = { place, base, language, words, status, own }
    const reply = (label: string, query: string) => {
      if (closed) return ''
      const link = make('a', { href: `${base}/new${query}`, rel: 'nofollow' }, label)
      followIn(link, async () => {
        const text = await openForm(context, link)
        text ? text.focus() : location.assign(link.href)
      })
      return link
    }
    const ordered = (Object.keys(words.orders) as Order[]).map((one) => {
      const link = make('a', { href: `${base}?order=${one}`, rel: 'nofollow' }, words.orders[one])
      if (one === order) link.setAttribute('aria-current', 'true')
      followIn(link, () =>
        this.load(one)
          .then(() => this.querySelector<HTMLElement>('[aria-current]')?.focus())
          .catch(() => location.assign(link.href)),
      )
      return link
    })
    const write = reply(question ? words.reply : words.write, search)
    const all = make('a', { href: base }, question ? words.view : `${words.view} (${count})`)
    const list = listOf(
      { base, isCopy: question !== '', language, timeZone, questions, words, reply },
      threads,
    )
    fill(this, [
      question && make('p', {}, make('strong', {}, this.getAttribute('aria-label') ?? '')),
      closed && make('p', {}, words.shut),
      make('p', {}, write, all),
      status,
      threads.length > 1 && !question && make('nav', { 'aria-label': words.order }, make('p', {}, ordered)),
      threads.length > 0 ? list : make('p', {}, words.none),
    ])
    showOwn(context)
    if (question && write) await openForm(context, write)
  }
}

/** Does something in place of following a link, unless a click asks for a new tab or window. */
function followIn(link: HTMLAnchorElement, follow: () => unknown): void {
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    follow()
  }
}

/** The styles as a constructed style sheet, which a page's Content-Security-Policy does not restrict. All elements share it. */
const sheet = new CSSStyleSheet()
sheet.replaceSync(STYLES)

/** Adds the styles to the document or shadow tree in which an element stands, once. */
function dress(root: Document): void {
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}

if (!customElements.get('kiosque-comments')) {
  customElements.define('kiosque-comments', Comments)
  const links = document.querySelectorAll<HTMLAnchorElement>('sup > a[data-question]')
  if (links.length > 0) dress(document)
  for (const link of links) openInPlace(link)
}
