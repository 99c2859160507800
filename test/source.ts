import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The root folder of the project. */
export const root = join(import.meta.dirname, '..')

/** The TypeScript files in the given folders, as paths from the project's root folder. */
export const codeIn = (...folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`)
      .sort(),
  )

/** The text of a file; `file` is a path from the project's root folder. */
export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')

/** What a file imports, type imports included: each file of the project by its path, each npm package by its name. */
export function importsIn(file: string): string[] {
  const found = textOf(file).matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()['"]([^'"]+)['"]/g)
  return [...found].map(([, name = '']) => (name.startsWith('.') ? join(file, '..', name) : name))
}

/**
 * The import circles: groups of files that import each other directly or through other files. Each group is
 * listed once, and its files have the order that they have in `imports`.
 */
export function circlesIn(imports: Readonly<Record<string, readonly string[]>>): string[][] {
  const reached = Object.fromEntries(Object.keys(imports).map((file) => [file, reachedFrom(file, imports)]))
  const circles = Object.keys(imports).map((file) =>
    Object.keys(imports).filter((other) => reached[file]?.has(other) && reached[other]?.has(file)),
  )
  const each = new Map(circles.filter(({ length }) => length > 0).map((circle) => [circle.join(), circle]))
  return [...each.values()]
}

/**
 * Every file that this file imports, directly or through other files. The file itself is included only if it is
 * part of an import circle.
 */
function reachedFrom(file: string, imports: Readonly<Record<string, readonly string[]>>): Set<string> {
  const reached = new Set<string>()
  const queue = [...(imports[file] ?? [])]
  for (const next of queue) {
    if (reached.has(next)) continue
    reached.add(next)
    queue.push(...(imports[next] ?? []))
  }
  return reached
}
