import { maxFormerNames } from '../domain/path.ts'
import { kindOf, originOfName, parseKeptLine, parseState, unknownKind } from '../ingest/backup.ts'
import { isFormerName, parsePath } from '../ingest/path.ts'
import { isOnlyForEmpty } from './import.ts'

/** Makes an item of a line of a backup that has a kind; undefined for other lines. */
export function itemOfKind(value: unknown) {
  const kind = kindOf(value)
  if (kind === undefined) return undefined
  const line = { line: value as object }
  if (kind === 'backup') return { state: parseState(value), ...line }
  if (isOnlyForEmpty(kind)) return { onlyForEmpty: kind, ...line }
  if (kind === 'comment') return { comment: parseKeptLine(value), ...line }
  return { refused: unknownKind(kind), ...line }
}

/** Makes an item of a known path. The selection of all articles always exists, so its line only matters for an empty store. */
export function fromPath(value: object & { path?: unknown }) {
  const { backup, ...path } = value as Record<string, unknown>
  if (value.path === '') return { onlyForEmpty: 'feed' as const, line: value }
  const { names, ...origin } = originOfName(backup)
  const former = names?.filter((name) => isFormerName(name, String(value.path))).slice(0, maxFormerNames)
  return { path: parsePath({ ...path, ...(former && { names: former }) }), origin, line: value }
}
