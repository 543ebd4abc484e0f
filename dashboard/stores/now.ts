import { atom, onMount } from 'nanostores'

export const tickMs = 15_000

/** The time as the screens tell it: waiting times grow and seals fade without anybody's doing. */
export const $now = atom(Date.now())

onMount($now, () => {
  $now.set(Date.now())
  const timer = setInterval(() => $now.set(Date.now()), tickMs)
  return () => clearInterval(timer)
})
