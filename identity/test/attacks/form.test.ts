/** Tokens that two readers would read differently, or that cost more to refuse than to send. */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { base64url, claimsWith, refusalOf, seconds, secret, sign, signParts, signRaw } from '../signed-token.ts'

const header = '{"alg":"HS256"}'
const payload = JSON.stringify(claimsWith())
const encodedHeader = base64url(header)
const encodedPayload = base64url(payload)
const token = signParts(encodedHeader, encodedPayload)
const signature = token.split('.')[2] ?? ''

/** The same bytes in base64url with low bits that decoders ignore. */
function withStrayBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const stray = `${part.slice(0, -1)}${alphabet[alphabet.indexOf(part.slice(-1)) + 1]}`
  expect(Buffer.from(stray, 'base64url')).toEqual(Buffer.from(part, 'base64url'))
  return stray
}

/** JSON of which some byte length leaves low bits to stray. */
function loose(json: string): string {
  const encoded = base64url(json)
  return encoded.length % 4 === 0 ? base64url(`${json} `) : encoded
}

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

test('the token that these attacks begin with is a good one', async () => {
  expect(await refusalOf(token)).toBe('accepted')
  expect(await refusalOf(signParts(loose(header), loose(payload)))).toBe('accepted')
  expect(await refusalOf(signRaw(bytes(header), bytes(payload)))).toBe('accepted')
})

test.each([
  ['padding on the header', signParts(`${base64url(`${header} `)}==`, encodedPayload)],
  ['padding on the payload', signParts(encodedHeader, `${encodedPayload}=`)],
  ['padding on the signature', `${token}=`],
  ['stray bits in the header', signParts(withStrayBits(loose(header)), encodedPayload)],
  ['stray bits in the payload', signParts(encodedHeader, withStrayBits(loose(payload)))],
  ['stray bits in the signature', `${encodedHeader}.${encodedPayload}.${withStrayBits(signature)}`],
  ['one character too many in a part', signParts(encodedHeader, `${loose(payload).slice(0, -1)}AAAA`)],
  ['the standard alphabet', signParts(encodedHeader, encodedPayload).replace(/$/, '+/')],
  ['a plus', signParts(encodedHeader, `${encodedPayload}+w`)],
  ['a slash', signParts(encodedHeader, `${encodedPayload}/w`)],
  ['a line feed at the end', `${token}\n`],
  ['a line feed in the middle', token.replace('.', '\n.')],
  [
    'a line feed in the signed parts',
    signParts(encodedHeader, `${encodedPayload.slice(0, 8)}\n${encodedPayload.slice(8)}`),
  ],
  ['a space before it', ` ${token}`],
  ['a NUL at the end', `${token}\0`],
  ['a zero-width space', token.replace('.', '\u200b.')],
  ['full-width dots', token.replaceAll('.', '．')],
  ['percent-encoded dots', token.replaceAll('.', '%2E')],
  ['a Cyrillic letter that looks Latin', token.replace('e', 'е')],
  ['a lone surrogate', `${token}\ud800`],
  ['quotes around it', `"${token}"`],
  ['two tokens', `${token},${token}`],
  ['the JSON serialization', JSON.stringify({ protected: encodedHeader, payload: encodedPayload, signature })],
  ['no signature and no dot for it', `${encodedHeader}.${encodedPayload}`],
  ['no payload', `${encodedHeader}.${signature}`],
  ['an empty payload', signParts(encodedHeader, '')],
  ['an empty header', signParts('', encodedPayload)],
  ['three dots and nothing', '...'],
  ['two dots and nothing', '..'],
  ['three parts and an empty fourth', `${token}.`],
  ['five parts', `${token}.${encodedHeader}.${signature}`],
])('[VT1] refuses %s', async (_, given) => {
  expect(await refusalOf(given)).toBe('token_malformed')
})

test.each([
  ['a byte order mark', bytes(`\xef\xbb\xbf{}`)],
  ['UTF-16', new Uint8Array(Buffer.from('{}', 'utf16le'))],
  ['a byte that UTF-8 never has', bytes('{"a":"\xff"}')],
  ['a character that breaks off', bytes('{"a":"\xc3"}')],
  ['an overlong slash', bytes('{"a":"\xc0\xaf"}')],
  ['half a character as UTF-8', bytes('{"a":"\xed\xa0\x80"}')],
  ['a character past the end of Unicode', bytes('{"a":"\xf4\x90\x80\x80"}')],
  ['a raw control character in a text', bytes('{"a":"\x01"}')],
  ['a comment', bytes('{}/**/')],
  ['an infinite number by name', bytes('{"a":Infinity}')],
  ['a number that is none', bytes('{"a":NaN}')],
  ['a hexadecimal number', bytes('{"a":0x10}')],
  ['a number with a leading zero', bytes('{"a":010}')],
  ['single quotes', bytes("{'a':1}")],
])('[VT1] refuses a header or payload with %s', async (_, part) => {
  expect(await refusalOf(signRaw(part, payload))).toBe('token_malformed')
  expect(await refusalOf(signRaw(header, part))).toBe('token_malformed')
})

test.each([
  ['the algorithm', '{"alg":"HS256","alg":"none"}'],
  ['the algorithm, once escaped', '{"alg":"none","\\u0061lg":"HS256"}'],
  ['the algorithm, with the same value', '{"alg":"HS256","alg":"HS256"}'],
  ['the key', '{"alg":"HS256","kid":"a","k\\u0069d":"b"}'],
  ['the empty key', '{"alg":"HS256","":1,"":2}'],
  ['__proto__', '{"alg":"HS256","__proto__":1,"__proto__":2}'],
  ['a key in an object inside', '{"alg":"HS256","x":{"a":1,"a":2}}'],
])('[VT1] refuses a header that repeats %s', async (_, repeating) => {
  expect(await refusalOf(signRaw(repeating, payload))).toBe('token_malformed')
})

test.each([
  ['the external id', '"external_id":"admin"'],
  ['the external id, escaped', '"\\u0065xternal_id":"admin"'],
  ['the external id, escaped in capitals', '"external\\u005Fid":"admin"'],
  ['the end', '"exp":99999999999'],
  ['a key in an object', '"attributes":{"a":1,"a":1}'],
  ['a key in an object in a list', '"x":[[{"b":{},"\\u0062":[]}]]'],
  ['a key with a quote in it', '"x":{"\\"":1,"\\u0022":1}'],
  ['a key with a backslash in it', '"x":{"\\\\":1,"\\u005c":1}'],
  ['a key with a colon in it', '"x":{":":1,"\\u003a":1}'],
  ['a key of two halves', '"x":{"\\ud83e\\udd8a":1,"🦊":1}'],
])('[VT1] refuses a payload that repeats %s', async (_, repeated) => {
  expect(await refusalOf(signRaw(header, `{${repeated},${payload.slice(1)}`))).toBe('token_malformed')
})

test('[VT1] the same key in different objects, and texts full of colons and quotes, repeat nothing', async () => {
  const texts = { a: ':', b: '"a":1,"a":2', c: '\\":{', d: ['x:y', { a: ':' }], ':': '\\', '"': '\\\\"' }
  expect(await refusalOf(sign(claimsWith({ attributes: texts, other: texts })))).toBe('accepted')
})

test('[VT1] brackets without end overflow nothing', async () => {
  for (const nest of ['['.repeat(6000), '{"a":'.repeat(1200), `${'['.repeat(3000)}${']'.repeat(3000)}`]) {
    expect(await refusalOf(signRaw(header, nest))).toBe('token_malformed')
    expect(await refusalOf(signRaw(nest, payload))).toBe('token_malformed')
  }
  const deep = `{"x":${'['.repeat(2900)}${']'.repeat(2900)},${payload.slice(1)}`
  expect(await refusalOf(signRaw(header, deep))).toBe('accepted')
})

test.each([
  ['in one part', 'A'.repeat(1 << 20)],
  ['of dots', '.'.repeat(1 << 20)],
  ['of prefixes', 'JWT '.repeat(1 << 18)],
  ['of spaces behind a prefix', `JWT ${' '.repeat(1 << 20)}${token}`],
  ['of prefixes before a good token', `${'Bearer '.repeat(1 << 17)}${token}`],
  ['that is signed', sign(claimsWith({ filling: 'x'.repeat(1 << 20) }))],
  ['with a large header', sign(claimsWith(), { alg: 'HS256', filling: 'x'.repeat(1 << 20) })],
  ['with a large signature', `${token}${'A'.repeat(1 << 20)}`],
  ['of two-byte characters', 'é'.repeat(1 << 20)],
])('[VT1] refuses 1 MB %s without reading it', async (_, given) => {
  const before = process.threadCpuUsage()
  for (let round = 0; round < 100; round++) expect(await refusalOf(given)).toBe('token_malformed')
  // Parsing 100 MB takes seconds of the processor; looking at a hundred lengths does not.
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(500)
})

test('[VT15] as many prefixes as fit are stripped in linear time', async () => {
  const before = process.threadCpuUsage()
  for (let round = 0; round < 100; round++) {
    expect(await refusalOf(`${'JWT '.repeat(2000)}${token}`)).toBe('accepted')
    expect(await refusalOf('JWT '.repeat(4000))).toBe('token_malformed')
    expect(await refusalOf(`JWT${' '.repeat(16000)}`)).toBe('token_malformed')
  }
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(2000)
})

const otherPayload = base64url(JSON.stringify(claimsWith({ external_id: '1' })))
const signatureBytes = Buffer.from(signature, 'base64url')

test.each([
  ['the header of another', `${base64url('{"alg":"HS256","typ":"JWT"}')}.${encodedPayload}.${signature}`],
  ['the payload of another', `${encodedHeader}.${otherPayload}.${signature}`],
  ['the signature of another', `${encodedHeader}.${encodedPayload}.${sign(claimsWith()).split('.')[2]}`],
  ['the signature of the payload alone', `${encodedHeader}.${encodedPayload}.${signRaw('', payload).split('.')[2]}`],
  ['an empty signature', `${encodedHeader}.${encodedPayload}.`],
  ['half the signature', `${encodedHeader}.${encodedPayload}.${base64url(signatureBytes.subarray(0, 16))}`],
  [
    'the signature twice',
    `${encodedHeader}.${encodedPayload}.${base64url(Buffer.concat([signatureBytes, signatureBytes]))}`,
  ],
  ['a signature of zeros', `${encodedHeader}.${encodedPayload}.${base64url(Buffer.alloc(32))}`],
  ['the signature in hex', `${encodedHeader}.${encodedPayload}.${signatureBytes.toString('hex')}`],
  ['the signature in base64 twice over', `${encodedHeader}.${encodedPayload}.${base64url(signature)}`],
])('[VT5] refuses a token with %s', async (_, given) => {
  expect(await refusalOf(given)).toBe('signature_invalid')
})

test('[VT2] refuses a token with its parts swapped', async () => {
  expect(await refusalOf(`${encodedPayload}.${encodedHeader}.${signature}`)).toBe('algorithm_not_allowed alg')
})

test('[VT5] refuses a signature over the decoded parts', async () => {
  const over = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
  expect(await refusalOf(`${encodedHeader}.${encodedPayload}.${over}`)).toBe('signature_invalid')
})

test('[VT5] an older end cannot be moved by hand', async () => {
  const moved = base64url(payload.replace(`${seconds + 300}`, `${seconds + 599}`))
  expect(await refusalOf(`${encodedHeader}.${moved}.${signature}`)).toBe('signature_invalid')
})
