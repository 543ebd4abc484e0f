import { expect, test } from 'vitest'
import { newId } from '../id.ts'

test('an id is a UUIDv7 in lower case', () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(newId(0, (bytes) => bytes.fill(255))).toBe('00000000-0000-7fff-bfff-ffffffffffff')
})

test('ids sort by the time of their making', () => {
  expect(newId(1_800_000_000_000) < newId(1_800_000_000_001)).toBe(true)
})

test('no two are the same', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => newId(1))).size).toBe(1_000)
})
