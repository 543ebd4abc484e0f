// The shop's own log-in: the customer's id in a cookie that only the shop can make.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const key = process.env.COOKIE_SECRET || randomBytes(32)
const name = 'shop'
const oneWeek = 7 * 24 * 60 * 60 * 1000

export function remember(response, customerId) {
  response.cookie(name, `${customerId}.${sign(customerId)}`, { httpOnly: true, sameSite: 'lax', maxAge: oneWeek })
}

export function forget(response) {
  response.clearCookie(name)
}

export function recall(request) {
  const cookie = (request.headers.cookie ?? '').split('; ').find((part) => part.startsWith(`${name}=`))
  const [customerId = '', signature = ''] = (cookie ?? '').slice(name.length + 1).split('.')
  const expected = Buffer.from(sign(customerId))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) ? customerId : undefined
}

function sign(text) {
  return createHmac('sha256', key).update(text).digest('base64url')
}
