import { parseSync, Visitor } from 'rolldown/utils'

type Program = ReturnType<typeof parseSync>['program']

/** A part of a syntax tree, as far as this file reads it. */
interface Node {
  type: string
  start: number
  end: number
  elements?: readonly (Node | null)[]
  properties?: readonly { shorthand?: boolean }[]
}

/**
 * Finds the calls of `expect` in `for … of` loops whose failure would not say which case failed, and returns
 * their lines. The failure of a call says which case failed if the call has a message, or if the checked
 * value is one of the following: a list that begins with a variable; an object with a member that is written
 * as a variable only, such as `{ path }`; a variable of the loop.
 */
export function unnamedIn(file: string, text: string): number[] {
  const { program, errors } = parseSync(file, text, { lang: 'ts' })
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const loops = loopsIn(program)
  const found: number[] = []
  new Visitor({
    CallExpression({ callee, arguments: given, start, end }) {
      const [value] = given as Node[]
      if (callee.type !== 'Identifier' || callee.name !== 'expect' || !value || given.length > 1) return
      const loop = loops.filter(({ body }) => body.start <= start && end <= body.end).at(-1)
      if (!loop || isNamed(loop.variables, value, text)) return
      found.push(text.slice(0, start).split('\n').length)
    },
  }).visit(program)
  return found
}

/** The loops of a program, an outer loop before the loops inside it, each with the names of its variables. */
function loopsIn(program: Program): { body: Node; variables: string[] }[] {
  const loops: { body: Node; variables: string[] }[] = []
  new Visitor({
    ForOfStatement({ left, body }) {
      loops.push({ body, variables: left.type === 'VariableDeclaration' ? namesIn(left) : [] })
    },
  }).visit(program)
  return loops.filter(({ variables }) => variables.length > 0)
}

/**
 * The types of the nodes that a pattern consists of, each with the member in which the node has its names or
 * its inner patterns.
 */
const inner: Record<string, string> = {
  VariableDeclaration: 'declarations',
  VariableDeclarator: 'id',
  ArrayPattern: 'elements',
  ObjectPattern: 'properties',
  Property: 'value',
  AssignmentPattern: 'left',
  RestElement: 'argument',
}

/** The names that a pattern such as `const [path, { id }]` declares. */
function namesIn(pattern: unknown): string[] {
  if (Array.isArray(pattern)) return pattern.flatMap(namesIn)
  if (typeof pattern !== 'object' || pattern === null) return []
  const node = pattern as Record<string, unknown>
  if (node.type === 'Identifier') return [String(node.name)]
  return namesIn(node[inner[String(node.type)] ?? ''])
}

/**
 * Whether a failure of `expect(value)` says which case of the loop failed; `unnamedIn` lists the values that
 * do so.
 */
function isNamed(variables: readonly string[], value: Node, text: string): boolean {
  const { type, elements, properties, start, end } = value
  if (type === 'ArrayExpression') return elements?.[0]?.type === 'Identifier'
  if (type === 'ObjectExpression') return properties?.some(({ shorthand }) => shorthand) === true
  return (
    variables.includes(text.slice(start, end).split(/[.?]/, 1)[0] as string) &&
    /^[\w.?]+$/.test(text.slice(start, end))
  )
}
