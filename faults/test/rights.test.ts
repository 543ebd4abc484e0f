import { expect, test } from 'vitest'
import { possible } from '../check/rights.ts'
import type { Deed } from '../people/ledger.ts'

const deed = (value: string, began: number, ended: number, sure = true): Deed<string> => ({ value, began, ended, sure })
const first = deed('first', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)

test('holds until something else is asked for, and from the answer on that alone', () => {
  const deeds = [first, deed('second', 10, 20)]
  expect(possible(deeds, { from: 0, to: 9 })).toEqual(['first'])
  expect(possible(deeds, { from: 0, to: 15 })).toEqual(['first', 'second'])
  expect(possible(deeds, { from: 15, to: 30 })).toEqual(['first', 'second'])
  expect(possible(deeds, { from: 20, to: 30 })).toEqual(['second'])
})

test('of two that crossed either may be the later one', () => {
  const deeds = [first, deed('one', 10, 30), deed('other', 20, 25)]
  expect(possible(deeds, { from: 40, to: 50 })).toEqual(['one', 'other'])
  expect(possible([...deeds, deed('last', 60, 70)], { from: 80, to: 90 })).toEqual(['last'])
})

test('what may have happened replaces nothing, and is replaced like anything else', () => {
  const deeds = [first, deed('perhaps', 10, 40, false)]
  expect(possible(deeds, { from: 50, to: 60 })).toEqual(['first', 'perhaps'])
  expect(possible([...deeds, deed('later', 50, 60)], { from: 70, to: 80 })).toEqual(['later'])
})
