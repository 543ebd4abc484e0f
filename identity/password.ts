import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

interface Cost {
  /** KiB. */
  memory: number
  passes: number
  parallelism: number
}

// What OWASP recommends for argon2id: about 35 ms and 19 MiB of a thread of the pool, off the event loop.
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const hashBytes = 32

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

const derive = promisify(argon2)

/** Hashes an agent's password with argon2id, to a PHC string (`$argon2id$v=19$m=…`) that carries salt and cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await stretch(password, salt, cost, hashBytes)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(salt)}$${unpadded(hash)}`
}

/**
 * Is this the password that was hashed? Hashes made at another cost go on working.
 * Throws a `TypeError` when `stored` is not what `hashPassword` makes.
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt, hash] = phc.exec(stored) ?? []
  if (salt === undefined || hash === undefined) throw new TypeError('The stored password hash is not argon2id')
  const storedCost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const expected = Buffer.from(hash, 'base64')
  const given = await stretch(password, Buffer.from(salt, 'base64'), storedCost, expected.length)
  return timingSafeEqual(given, expected)
}

/** The same work for an account that does not exist, so that the time of an answer does not tell which accounts do. */
export async function wasteTimeOnPassword(password: string): Promise<void> {
  await stretch(password, randomBytes(saltBytes), cost, hashBytes)
}

// One accent can be typed as one character or as two; both are the same password.
function stretch(password: string, salt: Buffer, { memory, passes, parallelism }: Cost, length: number) {
  const message = password.normalize('NFC')
  return derive('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength: length })
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
