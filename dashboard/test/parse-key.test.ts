import { expect, test } from 'vitest'
import { type Form, parseKey } from '../pages/settings/visitor-authentication/public-keys/parse-key.ts'

const pem = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----'

test('[SS8] a public key goes to the server in the form it was pasted in', () => {
  expect(parseKey('pem', `  ${pem}\n`)).toEqual({ pem })
  expect(parseKey('jwk', '{"kty":"EC","crv":"P-256","x":"a","y":"b","kid":"one"}')).toEqual({
    jwk: { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', kid: 'one' },
  })
  expect(parseKey('jwksUrl', ' https://shop.example/jwks.json ')).toEqual({ jwksUrl: 'https://shop.example/jwks.json' })
})

test.each<[Form, string]>([
  ['pem', '-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----'],
  ['pem', '-----BEGIN EC PRIVATE KEY-----\nMIG\n-----END EC PRIVATE KEY-----'],
  ['pem', `${pem}\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIG\n-----END ENCRYPTED PRIVATE KEY-----`],
  ['jwk', '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}'],
  ['jwk', '{"kty":"oct","k":"c2VjcmV0"}'],
])('[SS8] a private key never leaves the page: %s %s', (form, text) => {
  expect(parseKey(form, text)).toBe('This is a private key. Keep it on your server, and paste the public one.')
})

test.each<[Form, string, RegExp]>([
  ['pem', 'ssh-ed25519 AAAAC3', /begins with/],
  ['jwk', 'not json', /JSON object/],
  ['jwk', '[]', /JSON object/],
  ['jwk', '{"keys":[]}', /set of keys/],
  ['jwksUrl', 'shop.example/jwks', /whole address/],
  ['jwksUrl', 'http://shop.example/jwks', /https/],
])('[SS8] %s %j is complained about before it is sent', (form, text, complaint) => {
  expect(parseKey(form, text)).toMatch(complaint)
})
