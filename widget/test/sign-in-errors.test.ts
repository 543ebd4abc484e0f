import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { endReasons, tokenErrors } from '../../protocol/errors.ts'
import { root } from '../../scripts/sources.ts'

const page = readFileSync(join(root, 'docs/sign-in-errors.md'), 'utf8')
const sections = [...page.matchAll(/^## (\w+)\n\n([^#]+)/gm)].map(([, code = '', text = '']) => ({ code, text }))

test('[WG6] every code that a console line may carry has its section', () => {
  const others = [
    'authentication_required',
    'session_ended',
    'banned',
    'origin_not_allowed',
    'rate_limited',
    'not_found',
  ]
  const own = [
    'projectid_missing',
    'token_unavailable',
    'nonce_unavailable',
    'page_callback_failed',
    'chat_unavailable',
  ]
  const codes = [...Object.keys(tokenErrors), ...Object.keys(endReasons), ...others, ...own]
  const explained = sections.map(({ code }) => code)
  expect(codes.filter((code) => !explained.includes(code))).toEqual([])
  expect(new Set(explained).size).toBe(explained.length)
})

test('each section says more than the code', () => {
  expect(sections.filter(({ text }) => text.trim().length < 60)).toEqual([])
})

test('the refusals of tokens are explained in the order in which the rules are applied', () => {
  const codes = Object.keys(tokenErrors)
  expect(sections.map(({ code }) => code).filter((code) => codes.includes(code))).toEqual(codes)
})
