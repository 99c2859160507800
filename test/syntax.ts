import { join } from 'node:path'
import { parseSync, Visitor } from 'rolldown/utils'
import { textOf } from './source.ts'

/** The functions, exports and imports of a source file, found in its syntax tree. */
export interface Syntax {
  /**
   * Each function of the file with its length in lines. A function without a name is listed by the line on
   * which it begins.
   */
  functions: { name: string; lines: number }[]
  /** The names that the file exports. */
  exports: string[]
  /** The imports from other files of the project: the file, and the imported name, or `*` for a namespace import. */
  imports: { file: string; name: string }[]
}

type Program = ReturnType<typeof parseSync>['program']

/** The functions, exports and imports of a file of the project. */
export const syntaxOf = (file: string): Syntax => syntaxIn(file, textOf(file))

/** The functions, exports and imports of a source text; relative imports are resolved from `file`. */
export function syntaxIn(file: string, text: string): Syntax {
  const { program, errors } = parseSync(file, text, { lang: file.endsWith('x') ? 'tsx' : 'ts' })
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  return {
    functions: functionsIn(program, text),
    exports: program.body.flatMap(exportsIn),
    imports: importsIn(program, file),
  }
}

function functionsIn(program: Program, text: string): Syntax['functions'] {
  const lineAt = (place: number) => text.slice(0, place).split('\n').length
  const found: Syntax['functions'] = []
  const add = ({ start, end, id }: { start: number; end: number; id?: { name: string } | null }) =>
    found.push({ name: id?.name ?? `line ${lineAt(start)}`, lines: lineAt(end) - lineAt(start) + 1 })
  new Visitor({ FunctionDeclaration: add, FunctionExpression: add, ArrowFunctionExpression: add }).visit(
    program,
  )
  return found
}

/** The names that an export statement exports. */
function exportsIn(statement: Program['body'][number]): string[] {
  if (statement.type === 'ExportDefaultDeclaration') return ['default']
  if (statement.type === 'ExportAllDeclaration') return ['*']
  if (statement.type !== 'ExportNamedDeclaration') return []
  const specified = statement.specifiers.flatMap(({ exported }) => ('name' in exported ? exported.name : []))
  return [...namesIn(statement.declaration), ...specified]
}

/** The names that a declaration declares. */
function namesIn(declaration: unknown): string[] {
  const { id, declarations } = (declaration ?? {}) as {
    id?: { name: string }
    declarations?: { id: { name?: string } }[]
  }
  return [...(id ? [id.name] : []), ...(declarations ?? []).flatMap((one) => one.id.name ?? [])]
}

function importsIn(program: Program, file: string): Syntax['imports'] {
  const found: Syntax['imports'] = []
  const add = (source: unknown, name: string) => {
    if (typeof source === 'string' && source.startsWith('.')) {
      found.push({ file: join(file, '..', source.replace(/\?.*/, '')), name })
    }
  }
  new Visitor({
    ImportDeclaration({ source, specifiers }) {
      for (const one of specifiers) {
        if (one.type === 'ImportDefaultSpecifier') add(source.value, 'default')
        else if (one.type === 'ImportSpecifier' && 'name' in one.imported)
          add(source.value, one.imported.name)
        else add(source.value, '*')
      }
    },
    ImportExpression({ source }) {
      if (source.type === 'Literal') add(source.value, '*')
    },
    TSImportType({ source }) {
      add((source as { value?: unknown }).value, '*')
    },
  }).visit(program)
  return found
}

/**
 * The titles in a test file: of its tests and groups (`test('…')`, `test.for(rows)('…')`, `describe('…')`), and the
 * texts in the rows of its tables of cases. Texts that only code compares or sends are not found.
 */
export function titlesOf(file: string): Set<string> {
  const { program } = parseSync(file, textOf(file), { lang: file.endsWith('x') ? 'tsx' : 'ts' })
  const titles = new Set<string>()
  const add = (node: { type: string } | null | undefined) => {
    const { value, quasis } = (node ?? {}) as {
      value?: unknown
      quasis?: { value: { cooked?: string | null } }[]
    }
    if (typeof value === 'string') titles.add(value)
    else if (quasis?.length === 1 && quasis[0]) titles.add(quasis[0].value.cooked ?? '')
  }
  new Visitor({
    ArrayExpression: ({ elements }) => elements.forEach(add),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (/^(?:test|describe)\b/.test(nameOf(callee))) add(first)
    },
  }).visit(program)
  return titles
}

/** The name at the beginning of a call's callee: `test` for `test`, `test.for` and `test.for(rows)`. */
function nameOf(callee: { type: string }): string {
  const {
    name,
    object,
    callee: inner,
  } = callee as {
    name?: string
    object?: { type: string }
    callee?: { type: string }
  }
  return name ?? (object ? nameOf(object) : inner ? nameOf(inner) : '')
}
