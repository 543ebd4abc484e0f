import { expect, test } from 'vitest'
import { hashPassword, verifyPassword, wasteTimeOnPassword } from '../password.ts'

test('[HT2] a password is hashed with argon2id, salted, in a form that says how', async () => {
  const stored = await hashPassword('correct horse battery')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await hashPassword('correct horse battery')).not.toBe(stored)
})

test('[HT2] only the same password verifies', async () => {
  const stored = await hashPassword('correct horse battery')
  expect(await verifyPassword('correct horse battery', stored)).toBe(true)
  expect(await verifyPassword('correct horse batterY', stored)).toBe(false)
  expect(await verifyPassword('', stored)).toBe(false)
})

test('a hash of another program, at another cost, verifies', async () => {
  // `echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -e`, the vector of the reference implementation.
  const stored = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  expect(await verifyPassword('password', stored)).toBe(true)
  expect(await verifyPassword('passwore', stored)).toBe(false)
})

test('an accent is the same however the keyboard composes it', async () => {
  expect(await verifyPassword('cafe\u0301 ole\u0301', await hashPassword('caf\u00e9 ol\u00e9'))).toBe(true)
})

test.each(['', 'plain', '$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAA', '$2b$12$abcdefghijklmnopqrstuv'])(
  'a stored hash of another kind is a defect: "%s"',
  async (stored) => {
    await expect(verifyPassword('x', stored)).rejects.toBeInstanceOf(TypeError)
  },
)

test('[HT2] an account that does not exist costs the same work', async () => {
  const work = async (run: () => Promise<unknown>) => {
    const before = performance.now()
    await run()
    return performance.now() - before
  }
  const stored = await hashPassword('x')
  const verifying: number[] = []
  const wasting: number[] = []
  for (let round = 0; round < 5; round++) {
    verifying.push(await work(() => verifyPassword('y', stored)))
    wasting.push(await work(() => wasteTimeOnPassword('y')))
  }
  // The shortest of each is the least disturbed. A quarter would already mean cheaper parameters.
  const ratio = Math.min(...wasting) / Math.min(...verifying)
  expect(ratio).toBeGreaterThan(0.25)
  expect(ratio).toBeLessThan(4)
})

test('hashing leaves the event loop free', async () => {
  let turns = 0
  const counting = setInterval(() => {
    turns += 1
  }, 1)
  await hashPassword('x')
  clearInterval(counting)
  expect(turns).toBeGreaterThan(3)
})
