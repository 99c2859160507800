import { erasedMark } from '../../domain/commenter.ts'
import type { CommentToKeep } from '../../domain/kept-comment.ts'

/** Returns the comments of a list; those that were erased, or whose authors were erased since they wrote, as deleted ones without texts. */
export async function withoutErased(
  database: D1Database,
  comments: readonly CommentToKeep[],
): Promise<CommentToKeep[]> {
  const list = comments.map(({ id, emailHash, written }) => ({
    ...{ hash: emailHash ?? null, mark: erasedMark(id), written: Date.parse(written) },
  }))
  const { results } = await database
    .prepare(
      `SELECT given.key AS place FROM json_each(?1) AS given
       CROSS JOIN erased ON erased.hash IN (given.value ->> 'hash', given.value ->> 'mark') WHERE erased.at > given.value ->> 'written'`,
    )
    .bind(JSON.stringify(list))
    .all<{ place: number }>()
  const places = new Set(results.map(({ place }) => place))
  return comments.map((comment, at) => (places.has(at) ? asDeleted(comment) : comment))
}

function asDeleted({ email: _, emailHash: __, ...others }: CommentToKeep): CommentToKeep {
  return { ...others, state: 'deleted', name: '', text: '', html: '' }
}
