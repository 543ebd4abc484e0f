import type { Shelf } from './shelf.ts'

const name = 'unsent'

/** Whose unsent messages this browser keeps: they call for the panel, and a sign-out wipes them all (VS6). */
export function ownersOfUnsent(shelf: Shelf): string[] {
  const kept = shelf.get(name)
  return Array.isArray(kept) ? kept : []
}

export function noteUnsent(shelf: Shelf, owner: string, hasSome: boolean): void {
  const owners = ownersOfUnsent(shelf).filter((other) => other !== owner)
  if (hasSome) owners.push(owner)
  if (owners.length) shelf.set(name, owners)
  else shelf.remove(name)
}
