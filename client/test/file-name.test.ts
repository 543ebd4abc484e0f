import { expect, test } from 'vitest'
import { cleanFileName, shortFileName, sizeName } from '../file-name.ts'

test('a name cannot turn its line around, nor hide letters', () => {
  expect(cleanFileName('report\u202Egnp.exe')).toBe('reportgnp.exe')
  expect(cleanFileName('a\u200Bb\uFEFF\u2066c\u2069\0.pdf')).toBe('abc.pdf')
  expect(cleanFileName('two\u2028lines\t and \n blanks.txt')).toBe('two lines and blanks.txt')
})

test('a name of which nothing is left is still something to click', () => {
  expect(cleanFileName('\u202E\u2800 ')).toBe('…')
})

test('a long name is shortened in the middle, so that its end is to be seen', () => {
  const short = shortFileName(`${'invoice-'.repeat(20)}final.pdf`, 24)
  expect(Array.from(short).length).toBe(24)
  expect(short).toMatch(/^invoice-.*….*nal\.pdf$/)
  expect(shortFileName('short.pdf', 24)).toBe('short.pdf')
})

test('no sign is cut in two', () => {
  expect(shortFileName('🙂'.repeat(40), 12).isWellFormed()).toBe(true)
})

test('sizes are said in the language’s own way', () => {
  expect(sizeName(340_000, 'en')).toBe('340 kB')
  expect(sizeName(1_250_000, 'de')).toBe('1,3 MB')
  expect(sizeName(12, 'en')).toBe('12 bytes')
})
