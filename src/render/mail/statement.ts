import { rfc3339 } from '../../domain/instant.ts'
import { wordsIn } from '../../domain/language.ts'
import type { Site } from '../../domain/site.ts'
import type { Statement } from '../../domain/statement.ts'
import { dayWriter, unbroken } from '../../domain/written-date.ts'
import { letterOf, type Sent } from './frame.ts'
import type { Letter } from './letter.ts'
import { isolatedLine } from './plain-line.ts'

type Stated = Pick<Statement, 'decision' | 'reason' | 'explanation' | 'text' | 'title' | 'written'>

/**
 * Renders the mail that tells the author of a comment why a moderator has hidden or deleted it (Regulation (EU) 2022/2065, article 17):
 * the decision, the comment, the ground, that a person decided, and how to object. It has no link to unsubscribe, as it belongs to no
 * list.
 */
export function renderStatement(site: Site, sent: Sent, stated: Stated): Letter {
  const { decision, reason, explanation = '', text, title, written } = stated
  const { statement } = wordsIn(sent.language).comments
  const day = unbroken(dayWriter(sent.language, site.timeZone)(rfc3339(written)))
  const ground = reason === undefined ? statement.rules : statement.reasons[reason]
  return letterOf(site, sent, {
    subject: statement.subject(title),
    parts: [
      { kind: 'heading', text: statement.subject(isolatedLine(title)) },
      { kind: 'paragraph', text: statement.decided[decision](site.title, day, isolatedLine(title)) },
      { kind: 'paragraph', text: statement.comment },
      { kind: 'quote', paragraphs: paragraphsOf(text) },
      { kind: 'paragraph', text: `${statement.reason} ${ground}` },
      ...paragraphsOf(explanation).map((one) => ({ kind: 'paragraph' as const, text: one })),
      { kind: 'paragraph', text: statement.byPerson },
      { kind: 'paragraph', text: `${statement.objection} ${site.contact ?? site.url}` },
    ],
  })
}

const paragraphsOf = (text: string): string[] => text.split(/\n+/).filter((one) => one.trim() !== '')
