import type { CommentEventFacts, CommentLine, DiscussionLine } from '../../domain/comment-backup.ts'
import { type KeptRow, keptColumns, keptOf } from './kept-rows.ts'

/** The largest number of events of one comment in a backup: the latest ones, those that are changes of its text only if there is room. */
const maxEvents = 200

/** SQL for the events of a comment without the addresses of readers, as a JSON list, the first one first. */
const events = `(SELECT json_group_array(json_object('at', at, 'kind', kind, 'actor', actor, 'state', state, 'reason', reason, 'text', text))
  FROM (SELECT * FROM (SELECT * FROM comment_event WHERE comment_event.comment = comment.number AND abs(at) <= 8640000000000000
    ORDER BY kind = 'edited', comment_event.number DESC LIMIT ${maxEvents}) ORDER BY number))`

type Row = Record<string, unknown>

interface CommentRow extends KeptRow {
  revision: number
  reports: number
  inThread: number | null
  parentNumber: number | null
  events: string
}

/** How the comments after the number ?1 are read for a backup, whatever `since` (?2) is, because a decision may change any of them. */
export const exportedComments = {
  sql: `SELECT ${keptColumns}, comment.revision, comment.reports, comment.thread AS inThread, comment.parent AS parentNumber,
      ${events} AS events
    FROM comment CROSS JOIN discussion ON discussion.article = comment.article
    WHERE comment.number > ?1 AND ?2 = ?2 ORDER BY comment.number`,
  position: (after: string | undefined) => [Number(after ?? 0)],
  line(found: Row): { at: string; line: CommentLine } {
    const row = found as CommentRow & Row
    const { number, revision, reports, inThread, parentNumber } = row
    const { email: _, ...comment } = keptOf(row)
    const { written, published, edited, withdrawn } = row
    const happened = (JSON.parse(row.events) as CommentEventFacts[]).map(withoutNulls)
    const instants = withoutNulls({
      written,
      published,
      edited,
      withdrawn,
    }) as CommentLine['backup']['instants']
    return {
      at: String(number),
      line: {
        kind: 'comment',
        ...comment,
        backup: {
          ...{ number, revision, instants },
          ...(parentNumber !== null && inThread !== null && { parent: parentNumber, thread: inThread }),
          ...(reports > 0 && { reports }),
          ...(happened.length > 0 && { events: happened }),
        },
      },
    }
  },
}

/** How the heads of comments after the path ?1 are read for a backup. */
export const exportedDiscussions = {
  sql: `SELECT path, revision, revised, departed, size, closed FROM discussion
    WHERE path > ?1 AND ?2 = ?2 AND (revision IS NOT NULL OR closed = 1) ORDER BY path`,
  position: (after: string | undefined) => [after ?? ''],
  line(row: Row): { at: string; line: DiscussionLine } {
    const { path, revision, revised, departed, size, closed } = row as Record<string, number> & {
      path: string
      revision: number | null
    }
    const facts = { revised: revised ?? 0, departed: departed ?? 0, size: size ?? 0 }
    return {
      at: path,
      line: {
        kind: 'discussion',
        ...{ path, ...facts },
        ...(revision !== null && { revision }),
        ...(closed === 1 && { closed: true }),
      },
    }
  },
}

const withoutNulls = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== '')) as Fields
