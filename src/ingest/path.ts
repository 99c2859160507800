import { isKeyOf } from '../domain/name.ts'
import { invalidPath, type KnownPath, maxFormerNameCharacters, maxFormerNames } from '../domain/path.ts'
import { type Result, success } from '../domain/problem.ts'
import { folders } from '../domain/selection.ts'
import { slugOf } from '../domain/slug.ts'
import { lineOf } from '../domain/text.ts'
import { parseName } from './json.ts'

/**
 * Parses a known path from a JSON object. The object has the field `path` and exactly one of the fields
 * `title`, `to` and `seen`: `title` is the name of a selection, `to` is the target of a redirect, and
 * `"seen": true` marks a withdrawn article. Beside a title or a redirect, `names` are the former names of the path.
 */
export function parsePath(value: unknown): Result<KnownPath> {
  const { path, title, names, to, seen, ...others } = (value ?? {}) as Record<string, unknown>
  if (typeof path !== 'string' || path.length > 220) return invalidPath('', 'path: must be text')
  const [other] = Object.keys(others)
  if (other !== undefined)
    return invalidPath(path, `${other}: is not a field: must be path, title, names, to or seen`)
  if ([title, to, seen].filter((one) => one !== undefined).length !== 1)
    return invalidPath(path, 'must have a title or a to, or be seen')
  if (names !== undefined && !(Array.isArray(names) && names.length <= maxFormerNames))
    return invalidPath(path, `names: must be a list of at most ${maxFormerNames} names`)
  const parsed =
    title !== undefined
      ? selection(path, title)
      : seen !== undefined
        ? withdrawn(path, seen)
        : moved(path, to)
  if (!parsed.ok || names === undefined) return parsed
  if ('seen' in parsed.value) return invalidPath(path, 'names: belong to a section, tag or author')
  const wrong = names.findIndex((name) => !isFormerName(name, path))
  if (wrong !== -1) return invalidPath(path, `names.${wrong}: must be a name that makes this path`)
  return success({ ...parsed.value, names })
}

/** Tells whether a value is a name, or the folded form of a name, that this path of a section, tag or author may have had. */
export const isFormerName = (name: unknown, path: string): name is string =>
  typeof name === 'string' &&
  name.length <= maxFormerNameCharacters &&
  lineOf(name) === name &&
  isKeyOf(name, path.slice(path.indexOf('/') + 1))

/** Tells whether a line of a backup is a known path and not an article. */
export const isPath = (value: unknown): value is { path: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'path' in value

function moved(path: string, to: unknown): Result<KnownPath> {
  const folder = folderOf(path, ['articles', ...folders])
  if (folder === undefined)
    return invalidPath(path, 'path: must be such as articles/sommet or sections/monde')
  if (typeof to !== 'string' || folderOf(to, [folder]) === undefined || to === path)
    return invalidPath(path, `to: must be another path in ${folder}`)
  return success({ path, to })
}

function selection(path: string, title: unknown): Result<KnownPath> {
  const folder = folderOf(path, folders)
  if (folder === undefined) return invalidPath(path, 'path: must be such as sections/monde')
  const name = parseName({ name: title })
  if (!name.ok || !isKeyOf(name.value, path.slice(folder.length + 1)))
    return invalidPath(path, 'title: must be a name that makes this path')
  return success({ path, title: name.value })
}

function withdrawn(path: string, seen: unknown): Result<KnownPath> {
  if (folderOf(path, ['articles']) === undefined)
    return invalidPath(path, 'path: must be such as articles/sommet')
  return seen === true ? success({ path, seen }) : invalidPath(path, 'seen: must be true, or be left out')
}

/**
 * Returns the folder of a path that consists of a folder and a key; undefined if `folders` does not contain
 * the folder, or if the path has another form.
 */
function folderOf(path: string, folders: readonly string[]): string | undefined {
  const [folder = '', key = '', ...more] = path.split('/')
  const isKey = key !== '' && key === slugOf(key, 200)
  return folders.includes(folder) && isKey && more.length === 0 ? folder : undefined
}
