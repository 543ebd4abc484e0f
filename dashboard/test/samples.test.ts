import { createRequire } from 'node:module'
import jsonwebtoken from 'jsonwebtoken'
import { expect, test } from 'vitest'
import { samples } from '../pages/settings/samples.ts'
import { signInLine, snippet } from '../pages/snippet.ts'

const secret = 'sgn_7Vq2hM0cXn4RkE1bT8yWfLsJ6pZaUdGo3iBvNxC5k9Zt'

test('[AG2] there is code for Node, PHP, Python, Ruby, Go, Java and C#, with the secret in it once', () => {
  expect(samples.map((sample) => sample.language)).toEqual(['Node', 'PHP', 'Python', 'Ruby', 'Go', 'Java', 'C#'])
  for (const { code } of samples) expect(code(secret).split(secret)).toHaveLength(2)
})

test('[VT6] [VT9] every sample sets the external id and lives for five minutes', () => {
  for (const { code } of samples) {
    expect(code(secret)).toContain('external_id')
    expect(code(secret)).toMatch(/now \+ 300|plusSeconds\(300\)|AddMinutes\(5\)/)
  }
})

test('[VT17] the Node sample runs as it stands and signs with HS256', () => {
  const sample = samples[0].code(secret)
  const make = new Function('require', `${sample}\nreturn chatToken`)
  const chatToken = make(createRequire(import.meta.url))
  const token = chatToken({ id: 7, name: 'Ada Lovelace', email: 'ada@example.com' })
  const claims = jsonwebtoken.verify(token, secret, { algorithms: ['HS256'] })
  expect(claims).toMatchObject({ external_id: '7', name: 'Ada Lovelace', email: 'ada@example.com' })
})

test('[WG1] the snippet has the settings, the id and the address that pages written for Tiledesk have', () => {
  const text = snippet('0199a8c0-0000-7000-8000-000000000050', 'https://chat.example')
  expect(text).toContain('window.tiledeskSettings = { projectid: "0199a8c0-0000-7000-8000-000000000050" }')
  expect(text).toContain('"tiledesk-jssdk"')
  expect(text).toContain('"https://chat.example/tiledesk.js"')
  expect(signInLine).toContain('window.tiledesk.signInWithCustomToken("JWT ')
})
