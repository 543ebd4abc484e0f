import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { smallPreact } from '../small-preact.ts'

const { resolve } = createRequire(import.meta.url)

function built(file: string, code = readFileSync(file, 'utf8')): string {
  const { transform } = smallPreact()
  if (typeof transform !== 'function') throw new Error('no transform')
  const result: unknown = Reflect.apply(transform, undefined, [code, file])
  return String(Object(result).code)
}

const core = resolve('preact').replace(/\.\w+$/, '.mjs')
const hooks = resolve('preact/hooks').replace(/\.\w+$/, '.mjs')

test('what is asked of Preact is asked there, in this version, and every answer leaves a program', () => {
  for (const file of [core, hooks]) expect(() => new Function(asScript(built(file)))).not.toThrow()
})

test('[AG6] no HTML that came as a string is drawn', () => {
  expect(readFileSync(core, 'utf8')).toContain('"dangerouslySetInnerHTML"==')
  expect(built(core)).not.toContain('dangerouslySetInnerHTML')
})

test('another Preact stops the build, which names the question that it does not find', () => {
  const other = readFileSync(core, 'utf8').replace('V.contextType', 'V.contextKind')
  expect(() => built(core, other)).toThrow(/does not ask.*contextType/)
  expect(() => built(core, 'export function a(){}')).toThrow(/no function/)
})

function asScript(module: string): string {
  return module.replace(/import\{.*?\}from"preact";/, 'var n={};').replace(/export\{.*/s, '')
}
