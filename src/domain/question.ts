import type { Article } from './article.ts'
import { hash32 } from './hash.ts'

/** The largest number of characters of the question about a marked passage (UTF-16 code units). */
export const maxQuestionCharacters = 300

/** Whether a text can be the id of a question. */
export const isQuestionId = (text: string): boolean => /^[A-Za-z\d-]{1,64}$/.test(text)

/** A question that the author of an article asks about a marked passage. */
export interface Question {
  /** What the answers are known by: the id that the author gave, or else a hash of the text. */
  key: string
  text: string
  /** The text of the passage as HTML without tags. */
  passage: string
  /** The place in the HTML of the body where what belongs to the question can stand: after the mark, and outside of links. */
  end: number
}

/** The largest number of questions of an article. */
const maxQuestions = 50

/** The largest number of characters of a passage that is quoted. */
const maxPassageCharacters = 400

/** Matches the tags of sanitized HTML. The value of an attribute may contain `<` and `>`. */
const tags = /<(\/?)([a-z][a-z\d]*)((?:[^"<>]|"[^"]*")*)>/g

/**
 * Returns the questions of an article whose body readers can see, each once, in their order. A passage with the key of an earlier
 * one belongs to the same question.
 */
export function questionsOf({ html, rights }: Pick<Article, 'html' | 'rights'>): Question[] {
  // Most articles have none.
  if (rights.syndicate === 'summary' || !html.includes(' data-question="')) return []
  const found = new Map<string, Question>()
  const open: ({ key: string; text: string; start: number } | undefined)[] = []
  const closed: Question[] = []
  let links = 0
  for (const { index, 0: tag, 1: slash, 2: name, 3: attributes = '' } of html.matchAll(tags)) {
    const after = index + tag.length
    if (name === 'a') links += slash ? -1 : 1
    if (name === 'mark' && !slash) open.push(askedIn(attributes, after))
    if (name === 'mark' && slash) {
      const asked = open.pop()
      if (asked)
        closed.push({
          key: asked.key,
          text: asked.text,
          passage: passageOf(html.slice(asked.start, index)),
          end: after,
        })
    }
    if (links > 0 || closed.length === 0) continue
    for (const question of closed.splice(0))
      if (!found.has(question.key) && found.size < maxQuestions)
        found.set(question.key, { ...question, end: after })
  }
  return [...found.values()]
}

/** The question in the attributes of a mark; undefined if they have none. */
function askedIn(
  attributes: string,
  start: number,
): { key: string; text: string; start: number } | undefined {
  const [, value] = / data-question="([^"]*)"/.exec(attributes) ?? []
  if (value === undefined) return undefined
  const text = plain(value)
  const [, id] = / data-question-id="([^"]*)"/.exec(attributes) ?? []
  return { key: id ?? keyOf(text), text, start }
}

/** The key of a question without an id: two hashes of 32 bits, in base 36. */
const keyOf = (text: string): string =>
  [1, 2].map((seed) => hash32(text, seed).toString(36).padStart(7, '0')).join('')

const signs: Readonly<Record<string, string>> = { quot: '"', amp: '&', '#x22': '"', '#x26': '&', '#x27': "'" }

/** The text of the value of an attribute of sanitized HTML. */
const plain = (value: string): string =>
  value.replace(/&(quot|amp|#x2[267]);/g, (whole, name) => signs[name] ?? whole)

/** The text of a passage as HTML without tags, cut at a space if it is long. */
function passageOf(html: string): string {
  const text = html.replace(tags, ' ').replace(/\s+/g, ' ').trim()
  if (text.length <= maxPassageCharacters) return text
  const cut = text.slice(0, maxPassageCharacters)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 0)) || cut.replace(/&[^;]*$/, '')}…`
}
