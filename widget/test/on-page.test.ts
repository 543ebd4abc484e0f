import { expect, test } from 'vitest'
import { isOneOf } from '../page-api/on-page.ts'

const address = 'https://shop.example/tea/green?size=2#top'

test.each([
  ['/tea/green', true],
  ['/tea/*', true],
  ['*', true],
  ['*/green', true],
  ['/*/gr*', true],
  ['/t*a*een', true],
  ['https://shop.example/tea/*', true],
  ['/tea/green?size=*', true],
  ['/tea/green?size=3', false],
  ['/tea', false],
  ['/tea/green/*', false],
  ['/green*', false],
  ['/t*green*n', false],
  ['https://other.example/*', false],
  ['', false],
  [7, false],
])('%s names this page: %s', (name, isSo) => {
  expect(isOneOf(['/nowhere', name], address)).toBe(isSo)
})
