/**
 * Who may import whom. The folders are the architecture, and this is what keeps them so.
 *
 * A rule names, for one part of the project, the other parts it may import. A file in a `test` folder may import
 * anything. Types count like values, with one exception below: what a part must not know it must not name either.
 */
import { posix } from 'node:path'
import type { Node } from 'oxc-parser'
import { isTest, type Source } from './sources.ts'
import { lineOf, nodesOf, parse } from './syntax.ts'

const rules: Record<string, string[]> = {
  protocol: [],
  identity: [],
  client: ['protocol'],
  widget: ['client', 'protocol'],
  dashboard: ['client', 'protocol', 'examples'],
  examples: [],
  'server/index': ['server/app', 'server/shared'],
  'server/app': [
    'server/http',
    'server/live',
    'server/model',
    'server/keys',
    'server/db',
    'server/bus',
    'server/files',
    'server/outside',
    'server/reads',
  ],
  'server/http': ['server/model'],
  'server/live': ['server/model'],
  'server/model': ['server/keys', 'server/db', 'server/bus', 'server/files', 'server/outside'],
  'server/keys': ['server/db', 'server/outside'],
  'server/db': [],
  'server/bus': [],
  'server/files': [],
  'server/operate': ['server/model', 'server/keys', 'server/db', 'server/bus', 'server/files'],
  'server/reads': ['server/model', 'server/db'],
  'server/outside': [],
  'server/shared': [],
}
const everyServerPart = ['protocol', 'identity', 'server/shared']

const browserParts = ['client', 'widget', 'dashboard']
/** These pull in the schema library, which a customer's page must not pay for: browser code takes their types only. */
const schemas = /^protocol\/(records|record-parts|attachment|admin-records|frames|endpoints|parse|endpoints\/.*)\.ts$/
/** Shown to whoever administers a project, and never run. */
const asText = /\?raw$/
/** Runs while building, not in the browser. */
const buildFile = /(\.config|\/build|\/precompress)\.ts$/

/** What this file imports and should not, a sentence each. */
export function violations({ path, text }: Source): string[] {
  const part = partOf(path)
  if (isTest(path) || !part) return []
  return importsOf({ path, text }).flatMap(({ from, typeOnly, line }) => {
    const fault = faultIn(path, part, from, typeOnly)
    return fault ? [`${path}:${line} ${fault}`] : []
  })
}

function faultIn(path: string, part: string, from: string, typeOnly: boolean): string | undefined {
  const inBrowser = browserParts.includes(part) && !buildFile.test(path)
  if (!from.startsWith('.')) {
    return inBrowser && from.startsWith('node:') ? `runs in a browser and imports ${from}` : undefined
  }
  const target = posix.join(posix.dirname(path), from)
  const to = partOf(target)
  if (to === part) return undefined
  if (!to || !allowed(part).includes(to)) return `${part} may not import ${to ?? target}`
  if (to === 'examples' && !asText.test(target)) return `may take ${target} only as text`
  if (inBrowser && schemas.test(target) && !typeOnly) return `may import only types from ${target}`
  return undefined
}

function allowed(part: string): string[] {
  return [...(rules[part] ?? []), ...(part.startsWith('server/') ? everyServerPart : [])]
}

/** The part of the project that a file belongs to; undefined for what is held to no rule. */
function partOf(path: string): string | undefined {
  const [area = '', name = ''] = path.split('/')
  if (area !== 'server') return area in rules ? area : undefined
  const part = `server/${posix.parse(name).name}`
  return part in rules ? part : 'server/shared'
}

interface Import {
  from: string
  typeOnly: boolean
  line: number
}

function importsOf({ path, text }: Source): Import[] {
  return [...nodesOf(parse(path, text))].flatMap((node) => {
    const from = requestOf(node)
    return from === undefined ? [] : [{ from, typeOnly: isTypeOnly(node), line: lineOf(text, node.start) }]
  })
}

function requestOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source?.type === 'Literal' ? String(node.source.value) : undefined
    default:
      return undefined
  }
}

/** `import { type A }` is not type-only: it still loads the file. */
function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType') return true
  if (node.type === 'ImportDeclaration') return node.importKind === 'type'
  return (node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration') && node.exportKind === 'type'
}
