import type { Shelf } from './shelf.ts'

const name = 'verifier'

/** What proves to the server that a token was made for this browser (VT13a); there is none until the page asks. */
export function verifierOf(shelf: Shelf): string | undefined {
  const kept = shelf.get(name)
  return typeof kept === 'string' ? kept : undefined
}

export function keepVerifier(shelf: Shelf, verifier: string): string {
  shelf.set(name, verifier)
  return verifier
}
