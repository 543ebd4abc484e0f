import { beforeEach, expect, test } from 'vitest'
import { SharedReads } from '../../db/shared-reads.ts'

let reads: SharedReads
/** Each reading that has begun, and how to end it. */
let begun: PromiseWithResolvers<string>[]

beforeEach(() => {
  reads = new SharedReads()
  begun = []
})

function ask(key = 'shop'): Promise<string> {
  return reads.read(key, () => {
    const reading = Promise.withResolvers<string>()
    begun.push(reading)
    return reading.promise
  })
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('reads at once for whoever comes first', () => {
  void ask()
  expect(begun).toHaveLength(1)
})

test('[VS10] gives nobody what was read before he asked, and all who wait the same', async () => {
  const first = ask()
  const others = [ask(), ask(), ask()]
  await settled()
  expect(begun).toHaveLength(1)
  begun[0]?.resolve('off')
  expect(await first).toBe('off')
  await settled()
  expect(begun).toHaveLength(2)
  const late = ask()
  begun[1]?.resolve('required')
  expect(await Promise.all(others)).toEqual(['required', 'required', 'required'])
  await settled()
  begun[2]?.resolve('later')
  expect(await late).toBe('later')
})

test('a reading that fails fails those who asked for it, and nobody else', async () => {
  const [first, next] = [ask(), ask()]
  begun[0]?.reject(new Error('away'))
  await expect(first).rejects.toThrow('away')
  await settled()
  begun[1]?.resolve('there')
  expect(await next).toBe('there')
})

test('what is another query waits for nothing, and nothing is kept', async () => {
  const [shop, other] = [ask(), ask('another shop')]
  expect(begun).toHaveLength(2)
  begun[0]?.resolve('a')
  begun[1]?.resolve('b')
  expect(await Promise.all([shop, other])).toEqual(['a', 'b'])
  await settled()
  void ask()
  expect(begun).toHaveLength(3)
})
