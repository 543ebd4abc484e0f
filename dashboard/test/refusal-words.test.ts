import { expect, test } from 'vitest'
import { tokenErrors } from '../../protocol/errors.ts'
import { refusalWords } from '../pages/settings/visitor-authentication/sign-ins/refusal-words.ts'
import { ruleName } from '../pages/settings/visitor-authentication/sign-ins/rules.ts'

test.each(Object.keys(tokenErrors))('[VS12] %s has plain words', (code) => {
  expect(refusalWords({ code })).not.toBe(code)
})

test('[VS12] what is wrong with a claim names the claim; a code of a newer server stands for itself', () => {
  expect(refusalWords({ code: 'claim_missing', field: 'exp' })).toBe('exp is missing')
  expect(refusalWords({ code: 'time_in_milliseconds', field: 'iat' })).toBe('iat is in milliseconds')
  expect(refusalWords({ code: 'something_new' })).toBe('something_new')
})

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])('[VS13] rule VT%i has a plain name', (number) => {
  expect(ruleName(`VT${number}`)).not.toBe(`VT${number}`)
})
