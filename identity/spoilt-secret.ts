/**
 * Which secret did sign, when the right one did not (VT18)? Most wrong signatures are not forged: the secret is the
 * right one and was spoilt on its way from where it is shown to where it is used, or it is another thing altogether.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Something that may have been used as the HS256 secret, and what to do if it was. */
export interface Suspect {
  secret: string | Uint8Array
  hint: string
}

/** The hint of the first suspect that has signed this token. */
export function findSuspect(compact: string, suspects: Iterable<Suspect>): string | undefined {
  const end = compact.lastIndexOf('.')
  const [signed, signature] = [compact.slice(0, end), Buffer.from(compact.slice(end + 1), 'base64url')]
  for (const { secret, hint } of suspects) {
    const expected = createHmac('sha256', secret).update(signed).digest()
    if (signature.length === expected.length && timingSafeEqual(signature, expected)) return hint
  }
  return undefined
}

/** What becomes of a shared secret by the usual mistakes. */
export function spoiltForms(secret: string): Suspect[] {
  const bare = secret.replace(/^sgn_/, '')
  const base64 = Buffer.from(secret).toString('base64')
  return [
    ...lineEnds.map((end) => ({ secret: secret + end, hint: hints.lineEnd })),
    { secret: ` ${secret}`, hint: hints.space },
    { secret: `${secret} `, hint: hints.space },
    { secret: `"${secret}"`, hint: hints.quotes },
    { secret: `'${secret}'`, hint: hints.quotes },
    { secret: Buffer.from(secret, 'base64url'), hint: hints.decoded },
    // PHP's decoder skips what is not of the older alphabet.
    { secret: Buffer.from(secret.replace(/[-_]/g, ''), 'base64'), hint: hints.decoded },
    { secret: Buffer.from(bare, 'base64url'), hint: hints.decoded },
    { secret: bare, hint: hints.prefix },
    { secret: base64, hint: hints.encoded },
    { secret: `${base64}\n`, hint: hints.encoded },
    { secret: Buffer.from(`${secret}\n`).toString('base64'), hint: hints.encoded },
    { secret: Buffer.from(secret).toString('hex'), hint: hints.hex },
    { secret: Buffer.from(bare, 'base64url').toString('hex'), hint: hints.hex },
    { secret: Buffer.from(secret, 'utf16le'), hint: hints.utf16 },
  ]
}

/** A public key is public: whoever takes it for the secret lets everybody sign. */
export function publicKeyForms(pem: string): Suspect[] {
  const text = pem.trim()
  return [text, `${text}\n`, text.replaceAll('\n', '\r\n')].map((secret) => ({ secret, hint: hints.publicKey }))
}

/** What stands where a secret should, when nobody has put one there. */
export const noSecrets: Suspect[] = ['', 'undefined', 'null', 'None', 'nil'].map((secret) => ({
  secret,
  hint: 'Your server signs with an empty secret: the setting or environment variable that it reads is not there.',
}))

const lineEnds = ['\n', '\r\n', '\r']

const hints = {
  lineEnd: 'The secret has a line break at its end. Trim it after reading it from its file.',
  space: 'The secret has a space before or after it. Trim it.',
  quotes: 'The secret has quotation marks around it. Take them out of the setting or environment file.',
  decoded: 'The secret was decoded as base64 before signing. Sign with its text as it is, from sgn_ on.',
  prefix: 'The secret was used without its beginning. Sign with the whole text, sgn_ included.',
  encoded: 'The secret was encoded as base64 before signing. Sign with its text as it is, from sgn_ on.',
  hex: 'The secret was turned into hexadecimal before signing. Sign with its text as it is, from sgn_ on.',
  utf16: 'The secret was taken as UTF-16. Sign with its bytes in UTF-8.',
  publicKey:
    'The token is signed with your public key as if it were a secret. Sign with the private key and its algorithm.',
}
