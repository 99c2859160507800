import type { Origin } from '../domain/backup.ts'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result } from '../domain/problem.ts'
import { parseArticle } from './json.ts'

/**
 * Parses an article on a line of NDJSON. If the line comes from a backup, it has the field `backup`, and the result
 * also contains what that field says about the article.
 */
export function parseExported(value: unknown): { input: Result<ArticleInput>; origin?: Origin } {
  if (typeof value !== 'object' || value === null) return { input: parseArticle(value) }
  const { backup, ...article } = value as { backup?: unknown }
  const input = parseArticle(Array.isArray(value) ? value : article)
  if (backup === undefined) return { input }
  const origin = originIn(backup)
  if (origin) return { input, origin }
  const issues = [{ field: 'backup.revision', reason: 'must be a whole number, or be left out' }]
  return { input: failure({ kind: 'invalid-article', issues }) }
}

function originIn(value: unknown): Origin | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { revision } = value as { revision?: unknown }
  if (revision === undefined) return {}
  return Number.isSafeInteger(revision) ? { revision: revision as number } : undefined
}
