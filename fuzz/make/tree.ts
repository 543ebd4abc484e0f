/** JSON that may be wrong: names may stand twice, and any value may be text that no serializer would write. */
export type Tree = { names: [string, Tree][] } | { items: Tree[] } | { raw: string }

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) }
  if (typeof value === 'object' && value !== null) {
    return { names: Object.entries(value).map(([name, part]) => [name, treeOf(part)]) }
  }
  return { raw: JSON.stringify(value) ?? 'null' }
}

export function textOf(tree: Tree): string {
  if ('raw' in tree) return tree.raw
  if ('items' in tree) return `[${tree.items.map(textOf).join(',')}]`
  return `{${tree.names.map(([name, part]) => `${JSON.stringify(name)}:${textOf(part)}`).join(',')}}`
}

/** The tree itself and all that is in it. */
export function nodesIn(tree: Tree): Tree[] {
  if ('raw' in tree) return [tree]
  const parts = 'items' in tree ? tree.items : tree.names.map(([, part]) => part)
  return [tree, ...parts.flatMap(nodesIn)]
}
