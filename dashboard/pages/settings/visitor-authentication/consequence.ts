import { plural } from '../../../parts/time.ts'

interface Use {
  connected: number
  sessions: number
}

/** "14 people are connected through this secret", and how many sessions end with it (SS7). */
export function consequence(keys: readonly Use[], noun = 'secret'): string {
  const connected = sum(keys.map((key) => key.connected))
  const sessions = sum(keys.map((key) => key.sessions))
  const through = keys.length === 1 ? `this ${noun}` : `these ${keys.length} ${noun}s`
  if (sessions === 0 && connected === 0) return `Nobody is signed in through ${through}.`
  const people = connected === 1 ? '1 person is' : `${connected.toLocaleString('en')} people are`
  const ends = `${plural(sessions, 'session')} will end`
  if (connected === 0) return `Nobody is connected through ${through}; ${ends}.`
  return `${people} connected through ${through}; they will be signed out. In all, ${ends}.`
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
