import * as v from 'valibot'
import { type NameKey, states } from '../domain/article.ts'
import type {
  ArchiveFacts,
  ArticleFacts,
  BackupState,
  FromBackup,
  Origin,
  SelectionFacts,
} from '../domain/backup.ts'
import type { CommentFacts, DiscussionFacts } from '../domain/comment-backup.ts'
import { type ArticleOrigin, type FromImport, maxOriginCharacters } from '../domain/imports.ts'
import type { ArticleInput } from '../domain/input.ts'
import { isKept, type KeptComment, parseKeptComment } from '../domain/kept-comment.ts'
import { isKeyOf } from '../domain/name.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { folders } from '../domain/selection.ts'
import { parseArticle } from './json.ts'
import { parsePath } from './path.ts'

const whole = v.pipe(v.number('must be a number'), v.safeInteger('must be a whole number'))
const text = v.string('must be text')
const optional = v.optional(whole)

const stateSchema = v.strictObject({
  kind: v.literal('backup'),
  ...{ revision: whole, selections: whole, articles: whole, archives: whole },
  // A program that copies the answer of `GET /api/backup` into the line also copies the site's time zone.
  timeZone: v.optional(text),
})

const page = v.strictObject({ revision: whole, revised: whole, departed: whole })

const articleFacts = v.strictObject({
  ...{ number: whole, revision: whole, state: v.picklist(states), seen: v.boolean() },
  page: v.optional(page),
  tombstones: v.optional(v.array(v.strictTuple([text, whole, whole]))),
})

const selectionFacts = v.strictObject({
  ...page.entries,
  number: optional,
  named: v.strictTuple([whole, whole]),
  names: v.optional(v.array(text)),
})

const archive = v.strictObject({
  kind: v.literal('archive'),
  ...{ selection: text, part: whole, revision: whole, revised: whole, earlier: optional, later: optional },
  articles: v.array(whole),
})

const path = v.pipe(text, v.minLength(1), v.maxLength(maxOriginCharacters))
const origin = v.strictObject({ kind: v.literal('origin'), id: text, path })

const event = v.strictObject({
  ...{ at: whole, kind: v.picklist(['decided', 'edited', 'reported']), actor: v.optional(text) },
  ...{ state: v.optional(text), reason: v.optional(text), text: v.optional(text) },
})

const commentFacts = v.strictObject({
  ...{ number: v.pipe(whole, v.minValue(1)), revision: whole, parent: optional, thread: optional },
  instants: v.strictObject({ written: whole, published: optional, edited: optional, withdrawn: optional }),
  ...{ reports: optional, events: v.optional(v.array(event)) },
})

const discussion = v.strictObject({
  ...{ kind: v.literal('discussion'), path: text, revision: optional, revised: whole, departed: whole },
  ...{ size: whole, closed: v.optional(v.boolean()) },
})

const fromImport = v.strictObject({
  run: whole,
  path: v.optional(path),
  replace: v.optional(v.boolean('must be true or false')),
  whole: v.optional(v.boolean('must be true or false')),
  repeats: v.optional(v.boolean('must be true or false')),
  guessesLanguage: v.optional(v.boolean('must be true or false')),
  keepsDate: v.optional(v.boolean('must be true or false')),
  notify: v.optional(v.boolean('must be true or false')),
})

/** A line of a backup for an empty store, of which the article is not yet checked. */
export type BackupLine =
  | { article: Result<ArticleInput>; given: object; keys: readonly NameKey[]; facts: ArticleFacts }
  | { selection: { path: string; title: string; backup: SelectionFacts } }
  | { archive: ArchiveFacts }
  | { path: string; to: string }
  | { origin: ArticleOrigin }
  | { comment: KeptComment; commentFacts: CommentFacts }
  | { discussion: DiscussionFacts }

/** Tells whether a line of NDJSON has a kind of its own. Articles and known paths have none. */
export const kindOf = (value: unknown): string | undefined =>
  isObject(value) && 'kind' in value ? String(value.kind) : undefined

/** Parses the first line of a backup: the state of the store from which the backup was made. */
export function parseState(value: unknown): Result<BackupState> {
  const state = checked(stateSchema, value)
  if (!state.ok) return state
  const { kind: _, timeZone: __, ...rest } = state.value
  return success(rest)
}

/** Parses a line of a backup that is to be restored into an empty store. */
export function parseBackupLine(value: unknown): Result<BackupLine> {
  if (!isObject(value)) return invalid('must be an object')
  if ('kind' in value) return parseKind(value)
  const { backup, ...rest } = value
  if ('path' in rest) return parsePlace(rest, backup)
  const facts = checked(articleFacts, backup)
  if (!facts.ok) return facts
  const known = facts.value as ArticleFacts
  return success({ article: parseArticle(rest), given: rest, keys: keysIn(rest), facts: known })
}

function parseKind(value: object): Result<BackupLine> {
  const kind = kindOf(value)
  if (kind === 'origin') {
    const found = parseOrigin(value)
    return found.ok ? success({ origin: found.value }) : found
  }
  if (kind === 'comment') return parseComment(value)
  if (kind === 'discussion') {
    const head = checked(discussion, value)
    if (!head.ok) return head
    const { kind: _, ...facts } = head.value
    return success({ discussion: facts as DiscussionFacts })
  }
  if (kind !== 'archive') return unknownKind(kind ?? '')
  const parsed = checked(archive, value)
  if (!parsed.ok) return parsed
  const { kind: _, ...facts } = parsed.value
  return success({ archive: facts as ArchiveFacts })
}

function parseComment(value: object): Result<BackupLine> {
  const comment = parseKeptLine(value)
  if (!comment.ok) return comment
  const facts = checked(commentFacts, (value as { backup?: unknown }).backup)
  return facts.ok ? success({ comment: comment.value, commentFacts: facts.value as CommentFacts }) : facts
}

/** Parses a comment in a backup, whatever the clock of the store from which it was exported showed. */
export function parseKeptLine(value: unknown): Result<KeptComment> {
  const comment = parseKeptComment(value, Number.POSITIVE_INFINITY)
  return isKept(comment) ? success(comment) : invalid(`${comment.field}: ${comment.reason}`)
}

/** Parses a line of a backup that says from which file an article was imported. */
export function parseOrigin(value: unknown): Result<ArticleOrigin> {
  const parsed = checked(origin, value)
  return parsed.ok ? success({ id: parsed.value.id, path: parsed.value.path }) : parsed
}

/** Returns the paths of names that an article of a backup has, without those that the names cannot have. */
function keysIn({ keys }: Record<string, unknown>): NameKey[] {
  const given = v.safeParse(v.array(v.strictObject({ path: text, name: text })), keys)
  if (!given.success) return []
  return given.output.filter(({ path, name }) => {
    const [folder = '', key = '', ...more] = path.split('/')
    return (folders as readonly string[]).includes(folder) && more.length === 0 && isKeyOf(name, key)
  })
}

/** A newer version may write kinds of lines that this version does not know. */
export const unknownKind = (kind: string) =>
  invalid(`its kind "${kind.slice(0, 40)}" is unknown: a newer version of Kiosque may have made the backup`)

function parsePlace(value: Record<string, unknown>, backup: unknown): Result<BackupLine> {
  const known = value.path === '' ? success({ path: '', title: '' }) : parsePath(value)
  if (!known.ok) return known
  const { path } = known.value
  if ('to' in known.value) return success(known.value)
  if ('names' in known.value) return invalid('"names" belongs into "backup"')
  if ('seen' in known.value) return invalid('"seen" is a part of the article’s own line')
  const facts = checked(selectionFacts, backup)
  if (!facts.ok) return facts
  const { title } = known.value
  return success({ selection: { path, title, backup: facts.value as SelectionFacts } })
}

function checked<Output>(schema: v.GenericSchema<unknown, Output>, value: unknown): Result<Output> {
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return success(parsed.output)
  const [issue] = parsed.issues
  return invalid(`${v.getDotPath(issue) ?? 'backup'}: ${issue.message}`)
}

const invalid = (reason: string) => failure({ kind: 'invalid-line', reason })

/**
 * Parses an article on a line of NDJSON. If the line comes from a backup, it has the field `backup`, and the result
 * also contains what that field says about the article. The command line sends what the import says in the field `import`.
 */
export function parseExported(
  value: unknown,
  timeZone?: string,
): { input: Result<ArticleInput>; origin?: Origin } {
  if (!isObject(value)) return { input: parseArticle(value) }
  const { backup, import: given, ...article } = value
  const input = parseArticle(article, timeZone)
  const facts = given === undefined ? undefined : v.safeParse(fromImport, given)
  if (facts && !facts.success) return { input: refused('import', facts.issues[0].message) }
  const found = backup === undefined ? undefined : fromBackup(backup, article)
  if (backup !== undefined && !found)
    return { input: refused('backup.revision', 'must be a whole number, or be left out') }
  if (!facts && !found) return { input }
  const said = facts && { import: facts.output as FromImport }
  return { input, origin: { ...(found && { backup: found }), ...said } }
}

const refused = (field: string, reason: string) =>
  failure({ kind: 'invalid-article', issues: [{ field, reason }] })

/** The command line sends `keys` in the field `backup`, because an article that it sends has no such field. */
function fromBackup(backup: unknown, article: Record<string, unknown>): FromBackup | undefined {
  if (!isObject(backup)) return undefined
  const { revision } = backup
  const given = [...keysIn(article), ...keysIn(backup)]
  const keys = given.length > 0 && { keys: given }
  if (revision === undefined) return { ...keys }
  return Number.isSafeInteger(revision) ? { revision: revision as number, ...keys } : undefined
}

/**
 * What the field `backup` of a name says about its age, and the names that led to the selection before; backups of former
 * versions lack the field.
 */
export function originOfName(backup: unknown): Pick<FromBackup, 'revision'> & Pick<SelectionFacts, 'names'> {
  const parsed = v.safeParse(selectionFacts, backup)
  if (!parsed.success) return {}
  const { named, names } = parsed.output
  return { revision: named[0], ...(names && { names }) }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
