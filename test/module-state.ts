import { parseSync } from 'rolldown/utils'

/** A node of the syntax tree (ESTree). */
interface Node {
  type: string
  [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

const isFunction = ({ type }: Node): boolean => /^(?:Function|Arrow\w*)(?:Declaration|Expression)$/.test(type)

/** The methods that change the object on which they are called. */
const changing =
  /^(?:set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|append|next)$/

/** The variable at the start of a member expression: `a` in `a.b[c]`. */
function rootOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Identifier') return node.name as string
  return node.type === 'MemberExpression' ? rootOf(node.object) : rootOf(node.expression)
}

/** The variable that a node changes by an assignment, `++`, `delete`, or a method such as `push`. */
function changedBy(node: Node): string | undefined {
  if (node.type === 'AssignmentExpression') return rootOf(node.left)
  if (node.type === 'UpdateExpression') return rootOf(node.argument)
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return rootOf(node.argument)
  const callee = node.callee as Node | undefined
  if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return undefined
  const { name } = callee.property as Node
  return changing.test(String(name)) ? rootOf(callee.object) : undefined
}

/** The names of the variables that a destructuring pattern declares. */
function namesIn(pattern: unknown): string[] {
  if (!isNode(pattern)) return []
  if (pattern.type === 'Identifier') return [pattern.name as string]
  if (pattern.type === 'Property') return namesIn(pattern.value)
  if (pattern.type === 'AssignmentPattern') return namesIn(pattern.left)
  return childrenOf(pattern).flatMap(namesIn)
}

/** The variables that a function or module declares itself, without the variables of the functions inside it. */
function variablesOf(scope: Node): Map<string, string> {
  const found = new Map((scope.params as Node[] | undefined)?.flatMap(namesIn).map((name) => [name, 'param']))
  const visit = (node: Node): void => {
    if (node.type === 'VariableDeclaration') {
      for (const { id } of node.declarations as Node[])
        for (const name of namesIn(id)) found.set(name, node.kind as string)
    }
    if (!isFunction(node)) childrenOf(node).forEach(visit)
  }
  childrenOf(scope).forEach(visit)
  return found
}

/** The state that a module keeps between calls of its functions. */
export interface ModuleState {
  /**
   * The top-level variables of the module that are not `const`, and those whose objects the module's code
   * changes.
   */
  variables: string[]
  /**
   * The functions that declare a variable which an inner function changes. If such a function returns the
   * inner function, the variable keeps its value between calls of the inner function.
   */
  keepers: string[]
  /** The functions that the module calls while it is loaded. */
  called: string[]
}

/** Finds the state that the module with this source text keeps between calls of its functions. */
export function stateIn(file: string, text: string): ModuleState {
  const { program } = parseSync(file, text, { lang: file.endsWith('x') ? 'tsx' : 'ts' })
  const module = program as unknown as Node
  const state = { variables: new Set<string>(), keepers: new Set<string>(), called: new Set<string>() }
  const variables = new Map<Node, Map<string, string>>()
  const names = new Map<Node, string>()
  const enter = (scope: Node, scopes: readonly Node[]): void => {
    variables.set(scope, variablesOf(scope))
    const inner = [...scopes, scope]
    const visit = (node: Node): void => {
      if (node.type === 'VariableDeclarator' && isNode(node.init))
        names.set(node.init, namesIn(node.id)[0] ?? '')
      const changed = changedBy(node)
      const owner = changed && inner.findLast((one) => variables.get(one)?.has(changed))
      if (owner === module) state.variables.add(changed as string)
      else if (owner && owner !== scope)
        state.keepers.add((owner.id as Node | null)?.name?.toString() ?? names.get(owner) ?? '')
      const { type, name } = (node.callee ?? {}) as Node
      if (scope === module && type === 'Identifier') state.called.add(name as string)
      if (isFunction(node)) enter(node, inner)
      else childrenOf(node).forEach(visit)
    }
    childrenOf(scope).forEach(visit)
  }
  enter(module, [])
  for (const [name, kind] of variables.get(module) ?? []) if (kind !== 'const') state.variables.add(name)
  return {
    variables: [...state.variables],
    keepers: [...state.keepers],
    called: [...state.called],
  }
}
