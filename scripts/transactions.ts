/**
 * Inside a turn nothing is awaited but the turn's own queries.
 *
 * SQLite has one connection that writes. While a transaction is open on it, whoever awaits something else (a fetch,
 * a timer, another query) keeps every writer waiting, and a write that slips in between is committed or rolled back
 * with a transaction that is not its own. So each `await` in code that holds a turn must name the turn. A turn is
 * held by a callback handed to `.transaction(…)`, by any function with a parameter called `tx`, and by the methods of
 * any class that keeps it as `#tx`; a local made from it (`const batch = new Batch(tx)`) speaks for it.
 */
import type { ArrowFunctionExpression, CallExpression, Class, Function as FunctionNode, Node } from 'oxc-parser'
import { isTest, type Source } from './sources.ts'
import { lineOf, nodesOf, parse } from './syntax.ts'

/** What this file awaits inside a turn and should not, a sentence each. */
export function strayAwaits({ path, text }: Source): string[] {
  if (isTest(path)) return []
  const nodes = [...nodesOf(parse(path, text))]
  const strays = [...functionsWithTurn(nodes), ...classesWithTurn(nodes)].flatMap(({ body, speaksFor }) =>
    [...awaitsIn(body)].filter((awaited) => !speaksFor(awaited)),
  )
  const lines = new Set(strays.map(({ start }) => lineOf(text, start)))
  return [...lines].map((line) => `${path}:${line} awaits inside a turn what is not the turn's`)
}

interface Holder {
  body: Node
  speaksFor(awaited: Node): boolean
}

function functionsWithTurn(nodes: Node[]): Holder[] {
  const callbacks = new Set<Node>(nodes.flatMap((node) => (isTransactionCall(node) ? node.arguments.slice(0, 1) : [])))
  return nodes.flatMap((node) => {
    if (!isFunction(node) || !node.body) return []
    const given = node.params.map((parameter) => (parameter.type === 'Identifier' ? parameter.name : undefined))
    const turn = given.includes('tx') ? 'tx' : callbacks.has(node) ? given[0] : undefined
    if (!turn) return []
    const speakers = [turn, ...madeFrom(turn, node.body)]
    return [{ body: node.body, speaksFor: (awaited) => speakers.some((name) => names(awaited, name)) }]
  })
}

/** Locals that were made from the turn, without waiting for anything. */
function madeFrom(turn: string, body: Node): string[] {
  return [...nodesOf(body)].flatMap((node) => {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return []
    const { init } = node
    return init && init.type !== 'AwaitExpression' && names(init, turn) ? [node.id.name] : []
  })
}

function classesWithTurn(nodes: Node[]): Holder[] {
  return nodes.filter(isClass).flatMap(({ body }) => {
    const members = body.body.flatMap((member) => ('key' in member ? [keyOf(member.key)] : []))
    if (!members.includes('#tx')) return []
    return [{ body, speaksFor: (awaited) => [...nodesOf(awaited)].some((node) => isOwn(node, members)) }]
  })
}

/** `this.#tx`, or a method of the class, which is held to the same rule. */
function isOwn(node: Node, members: string[]): boolean {
  return (
    node.type === 'MemberExpression' && node.object.type === 'ThisExpression' && members.includes(keyOf(node.property))
  )
}

function keyOf(node: Node): string {
  if (node.type === 'PrivateIdentifier') return `#${node.name}`
  return node.type === 'Identifier' ? node.name : ''
}

function isTransactionCall(node: Node): node is CallExpression {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    keyOf(node.callee.property) === 'transaction'
  )
}

function isFunction(node: Node): node is FunctionNode | ArrowFunctionExpression {
  return (
    node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration'
  )
}

function isClass(node: Node): node is Class {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression'
}

function* awaitsIn(body: Node): Generator<Node> {
  for (const node of nodesOf(body)) {
    if (node.type === 'AwaitExpression') yield node.argument
    if (node.type === 'ForOfStatement' && node.await) yield node.right
  }
}

function names(tree: Node, name: string): boolean {
  const nodes = [...nodesOf(tree)]
  const properties = new Set<Node>(
    nodes.flatMap((node) => (node.type === 'MemberExpression' && !node.computed ? [node.property] : [])),
  )
  return nodes.some((node) => node.type === 'Identifier' && node.name === name && !properties.has(node))
}
