import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createSharedSecret, importSharedSecret } from '../../shared-secret.ts'
import { refusalOf, verify } from '../signed-token.ts'
import { examples } from './installed.ts'
import { leaveOut } from './leave-out.ts'
import { clearAway, customer, sign } from './run.ts'
import { samples, unrun } from './samples.ts'

const { secret } = createSharedSecret()
const project = { id: '0199a8c0-0000-7000-8000-00000000000a', legacyId: null }
const environment = { SIGNET_SECRET: secret, SIGNET_PROJECT: project.id }
const keys = [{ id: 'fresh', algorithm: 'HS256', key: importSharedSecret(secret), state: 'live' }] as const

// Compiling and starting eight languages takes its time on a machine that does other things too.
const timeout = 60_000

afterAll(clearAway)

for (const sample of samples) {
  const { language, library, version } = sample
  const name = `${language}, ${library}`
  if (version === undefined) {
    leaveOut(`[VT17] the sample of ${name}`, 'it is not installed')
    continue
  }
  describe(`${name} ${version}`, { timeout }, () => {
    test('[VT17] its sample signs a visitor in, whatever the letters of his name', async () => {
      const token = await sign(sample, environment)
      const identity = await verify(token, { keys, project, now: Date.now() })
      expect(identity).toMatchObject({ externalId: customer.id, name: customer.name, email: customer.email })
      expect(identity.expiresAt - identity.issuedAt).toBe(300_000)
      expect(await refusalOf(token, { keys, project, now: identity.expiresAt + 1 })).toBe('token_expired')
    })

    test('[VT5] another secret is no secret', async () => {
      const token = await sign(sample, { ...environment, SIGNET_SECRET: createSharedSecret().secret })
      expect(await refusalOf(token, { keys, project, now: Date.now() })).toBe('signature_invalid')
    })

    test('[SS2] the secret is its text, and not what that decodes to', async () => {
      const token = await sign(sample, environment, sample.decoded)
      expect(await refusalOf(token, { keys, project, now: Date.now() })).toBe('signature_invalid')
    })

    test('[VT7] milliseconds are told from seconds', async () => {
      const token = await sign(sample, environment, sample.milliseconds)
      expect(await refusalOf(token, { keys, project, now: Date.now() })).toBe('time_in_milliseconds iat')
    })

    test('[VT12] a token for another project is not for this one', async () => {
      const token = await sign(sample, { ...environment, SIGNET_PROJECT: '0199a8c0-0000-7000-8000-00000000000b' })
      expect(await refusalOf(token, { keys, project, now: Date.now() })).toBe('audience_mismatch aud')
    })

    test('[SS2] without a secret it signs nothing', async () => {
      await expect(sign(sample, { SIGNET_PROJECT: project.id })).rejects.toThrow()
    })
  })
}

for (const { language, library, why } of unrun) leaveOut(`[VT17] the sample of ${language}, ${library}`, why)

test('[VT17] examples/README.md says of each sample whether it is run', () => {
  const rows = readFileSync(join(examples, 'README.md'), 'utf8').split('\n')
  const rowOf = ({ language, folder, library }: (typeof unrun)[number] | (typeof samples)[number]) =>
    rows.find((row) => row.startsWith(`| ${language} `) && row.includes(`](${folder}/)`) && row.includes(library))
  for (const sample of samples) expect(rowOf(sample), sample.library).toMatch(/\| yes +\|$/)
  for (const sample of unrun) expect(rowOf(sample), sample.library).toMatch(/\| no: .*\|$/)
})
