import { make } from './make.ts'
import { type Part, partsOf } from './text.ts'
import { type Nested, nest, type Question, type Said, type Thread } from './threads.ts'
import type { ElementWords } from './words.ts'

/** What a list of threads needs: its texts, the language of its dates, and the link that opens the form of a reply. */
interface ListContext {
  base: string
  /** Whether the list is another one of the page, whose comments have their ids already. */
  isCopy: boolean
  language: string
  timeZone: string
  questions: readonly Question[]
  words: ElementWords
  /** Makes the link that opens the form of a reply; empty if nobody can reply any more. */
  reply: (label: string, query: string) => HTMLAnchorElement | ''
}

/** Makes the list of threads: each comment with its author, its date, and the links to answer and to report it. */
export function listOf(context: ListContext, threads: readonly Thread[]): HTMLElement {
  const { base, isCopy, questions, words } = context
  const items = threads.map((thread) => {
    const { id, name, question, replies, more } = thread
    const asked = questions.find(({ key }) => key === question && !isCopy)
    const said = name === undefined ? make('p', {}, words.removed) : saidOf(context, thread)
    const rest =
      more &&
      replies.length > 0 &&
      make('p', {}, make('a', { href: `${base}?comment=${replies.at(-1)?.id}` }, words.allReplies))
    return make(
      'li',
      idOf(context, id),
      asked && askedOf(context, asked),
      said,
      repliesOf(context, nest(thread)),
      rest,
    )
  })
  return make('ol', {}, items)
}

/** Makes a question of the author with the passage that it is about. It leads to its answers. */
const askedOf = ({ base, words }: ListContext, { key, text, passage }: Question): HTMLElement =>
  make(
    'figure',
    {},
    make('figcaption', {}, words.passage),
    make('blockquote', {}, make('mark', {}, partsOf(passage).map(nodeOf))),
    make('p', {}, make('a', { href: `${base}?question=${key}` }, text)),
  )

const idOf = ({ isCopy }: ListContext, id: string): Record<string, string> =>
  isCopy ? {} : { id: `c-${id}` }

const repliesOf = (context: ListContext, nested: readonly Nested[]): HTMLElement | false =>
  nested.length > 0 &&
  make(
    'ol',
    {},
    nested.map(({ said, isBeside, replies }) =>
      make('li', idOf(context, said.id), saidOf(context, said, isBeside), repliesOf(context, replies)),
    ),
  )

function saidOf(
  { base, language, timeZone, words, reply }: ListContext,
  said: Said,
  isBeside = false,
): HTMLElement[] {
  const { id, url = '', name = '', html = '', published = '', parent, answering } = said
  const date = new Date(published).toLocaleString(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  })
  const time = make('time', { datetime: published }, date)
  const report = make(
    'a',
    { href: new URL(`../../comments/${id}/report`, base).href, rel: 'nofollow' },
    words.report,
  )
  return [
    make(
      'p',
      {},
      make('strong', {}, make('bdi', {}, name)),
      ' ',
      make('a', { href: url }, time),
      isBeside && answering
        ? [
            ' ',
            make('a', { href: `${base}?comment=${parent}#c-${parent}` }, named(words.answering, answering)),
          ]
        : '',
    ),
    make('div', { dir: 'auto' }, partsOf(html).map(nodeOf)),
    make(
      'p',
      {},
      labelled(reply(words.reply, `?reply=${id}`), words.replyTo, name),
      labelled(report, words.reportOf, name),
    ),
  ]
}

const named = (label: string, name: string): string => label.replace('{name}', () => name)

function labelled(link: HTMLElement | '', label: string, name: string): HTMLElement | '' {
  if (link) link.setAttribute('aria-label', named(label, name))
  return link
}

function nodeOf(part: Part): Node | string {
  if (typeof part === 'string') return part
  const rel = 'nofollow ugc noopener'
  return make(part.name, part.href ? { href: part.href, rel } : {}, part.parts.map(nodeOf))
}
