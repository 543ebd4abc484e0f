import { generateKeyPairSync } from 'node:crypto'
import { importSPKI } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import type { VisitorTokenInput } from '../../visitor-token.ts'
import { refusalOf, verify } from '../signed-token.ts'
import { leaveOut } from './leave-out.ts'
import { clearAway, customer, sign } from './run.ts'
import { type PublicKeyAlgorithm, type Sample, samples } from './samples.ts'

const project = { id: '0199a8c0-0000-7000-8000-00000000000a', legacyId: null }
const timeout = 60_000

afterAll(clearAway)

for (const sample of samples) {
  const { language, library, version, publicKeys = [], tooOldFor = [] } = sample
  for (const algorithm of publicKeys) {
    const name = `the ${algorithm} sample of ${language}, ${library}`
    if (version === undefined) leaveOut(`[SS8] ${name}`, 'it is not installed')
    else if (tooOldFor.includes(algorithm)) leaveOut(`[SS8] ${name}`, `${version} is too old for it`)
    else describe(`${name} ${version}`, { timeout }, () => signsWith(sample, algorithm))
  }
}

function signsWith(sample: Sample, algorithm: PublicKeyAlgorithm) {
  test('[SS8] [VT17] it signs a visitor in', async () => {
    const { environment, keys } = await keyPair(algorithm)
    const token = await sign(sample, environment)
    const identity = await verify(token, { keys, algorithms: [algorithm], project, now: Date.now() })
    expect(identity).toMatchObject({ externalId: customer.id, name: customer.name })
  })

  test('[SS8] another key, or another project, is refused', async () => {
    const { environment, keys } = await keyPair(algorithm)
    const stranger = await keyPair(algorithm)
    const input: Partial<VisitorTokenInput> = { keys, algorithms: [algorithm], project, now: Date.now() }
    expect(await refusalOf(await sign(sample, stranger.environment), input)).toBe('signature_invalid')
    const elsewhere = await sign(sample, { ...environment, SIGNET_PROJECT: 'another' })
    expect(await refusalOf(elsewhere, input)).toBe('audience_mismatch aud')
  })
}

async function keyPair(algorithm: PublicKeyAlgorithm) {
  const { privateKey, publicKey } = pairs[algorithm]()
  const environment = {
    SIGNET_PROJECT: project.id,
    SIGNET_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    SIGNET_ALGORITHM: algorithm,
  }
  const key = await importSPKI(publicKey.export({ type: 'spki', format: 'pem' }).toString(), algorithm)
  return { environment, keys: [{ id: 'public', algorithm, key, state: 'live' }] as const }
}

const pairs = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}
