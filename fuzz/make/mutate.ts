/** One valid JSON value to text that is nearly that value. */
import type { Seeded } from '../../faults/seeded.ts'
import { bytes, edge, oddNames } from './edges.ts'
import { nodesIn, type Tree, textOf, treeOf } from './tree.ts'

export function mutated(rng: Seeded, value: unknown): string {
  const tree = treeOf(value)
  for (let times = rng.whole(1, 3); times > 0; times -= 1) mutateTree(rng, tree)
  const text = textOf(tree)
  return rng.chance(0.15) ? mutatedText(rng, text) : text
}

function mutateTree(rng: Seeded, tree: Tree): void {
  const node = rng.pick(nodesIn(tree))
  if (!node) return
  if ('raw' in node) node.raw = edge(rng)
  else if ('items' in node) node.items.push({ raw: edge(rng) })
  else mutateNames(rng, node.names)
}

function mutateNames(rng: Seeded, names: [string, Tree][]): void {
  const at = rng.whole(0, Math.max(0, names.length - 1))
  const chosen = names[at]
  const odd = rng.pick(oddNames) ?? ''
  switch (rng.whole(0, 5)) {
    case 0:
      names.splice(at, 1)
      return
    case 1:
      names.push([odd, { raw: edge(rng) }])
      return
    case 2:
      if (chosen) names.push([chosen[0], { raw: edge(rng) }])
      return
    case 3:
      if (chosen) chosen[0] = rng.chance(0.5) ? chosen[0].toUpperCase() : odd
      return
    case 4:
      if (chosen) names.unshift([chosen[0], chosen[1]])
      return
    default:
      if (chosen) chosen[1] = { raw: edge(rng) }
  }
}

export function mutatedText(rng: Seeded, text: string): string {
  const at = rng.whole(0, text.length)
  switch (rng.whole(0, 5)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(at)
    case 2:
      return `${text.slice(0, at)}${bytes(rng, 8).toString('latin1')}${text.slice(at)}`
    case 3:
      return `\ufeff${text}`
    case 4:
      return text + text
    default:
      return `${text.slice(0, at)}${text.slice(at + 1)}`
  }
}
