import { expect, test } from 'vitest'
import { sources } from '../../../scripts/sources.ts'

/** Each puts what it seals into columns that are named in `sealed-values.ts`. */
const whoSeals = [
  'server/model/mail/mail.ts',
  'server/model/signing-key/shared-secret.ts',
  'server/model/webhook/webhook.ts',
]

test('[SS4] whoever seals something is known, or a rotation of the master key would leave it behind', () => {
  const found = sources('server/{model,http,live}/**/*.ts').filter(({ text }) => /\bseal\(/.test(text))
  expect(found.length).toBeGreaterThan(0)
  expect(found.map(({ path }) => path).filter((path) => !whoSeals.includes(path))).toEqual([])
})
