/**
 * Inside a turn nothing is awaited but the turn's own queries.
 *
 * SQLite has one connection that writes. While a transaction is open on it, whoever awaits something else (a fetch,
 * a timer, another query) keeps every writer waiting, and a write that slips in between is committed or rolled back
 * with a transaction that is not its own. So each `await` in a function that is given a turn must name the turn:
 * in a callback handed to `.transaction(…)`, and in any function with a parameter called `tx`.
 */
import type { ArrowFunctionExpression, CallExpression, Function as FunctionNode, Node } from 'oxc-parser'
import { isTest, type Source } from './sources.ts'
import { lineOf, nodesOf, parse } from './syntax.ts'

/** What this file awaits inside a turn and should not, a sentence each. */
export function strayAwaits({ path, text }: Source): string[] {
  if (isTest(path)) return []
  const program = parse(path, text)
  const strays = new Set<string>()
  for (const { name, body } of turnsIn([...nodesOf(program)])) {
    for (const awaited of awaitsIn(body)) {
      if (!names(awaited, name))
        strays.add(`${path}:${lineOf(text, awaited.start)} awaits inside a turn without ${name}`)
    }
  }
  return [...strays]
}

interface Turn {
  /** What the function calls the turn it is given. */
  name: string
  body: Node
}

function turnsIn(nodes: Node[]): Turn[] {
  const callbacks = nodes.flatMap((node) => (isTransactionCall(node) ? node.arguments.slice(0, 1) : []))
  return nodes.flatMap((node) => {
    if (!isFunction(node) || !node.body) return []
    const given = node.params.map(nameOf)
    const name = given.includes('tx') ? 'tx' : callbacks.some((callback) => callback === node) ? given[0] : undefined
    if (!name) return []
    return [{ name, body: node.body }]
  })
}

function isTransactionCall(node: Node): node is CallExpression {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.type === 'Identifier' &&
    node.callee.property.name === 'transaction'
  )
}

function isFunction(node: Node): node is FunctionNode | ArrowFunctionExpression {
  return (
    node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration'
  )
}

function nameOf(parameter: Node): string | undefined {
  return parameter.type === 'Identifier' ? parameter.name : undefined
}

function* awaitsIn(body: Node): Generator<Node> {
  for (const node of nodesOf(body)) {
    if (node.type === 'AwaitExpression') yield node.argument
    if (node.type === 'ForOfStatement' && node.await) yield node.right
  }
}

function names(node: Node, name: string): boolean {
  return [...nodesOf(node)].some((part) => part.type === 'Identifier' && part.name === name && !isProperty(node, part))
}

function isProperty(tree: Node, identifier: Node): boolean {
  return [...nodesOf(tree)].some(
    (part) => part.type === 'MemberExpression' && !part.computed && part.property === identifier,
  )
}
