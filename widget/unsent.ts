import type { Shelf } from './shelf.ts'

const name = 'unsent'

/** Whose unsent messages this browser keeps: they call for the panel, and a sign-out wipes them all (VS6). */
export function ownersOfUnsent(shelf: Shelf): string[] {
  const kept = shelf.get(name)
  return Array.isArray(kept) ? kept : []
}

export function noteUnsent(shelf: Shelf, owner: string, hasSome: boolean): void {
  const others = ownersOfUnsent(shelf).filter((other) => other !== owner)
  shelf.set(name, hasSome ? [...others, owner] : others)
}
