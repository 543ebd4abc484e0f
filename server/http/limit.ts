import { Refused } from '../model/refused.ts'

const most = 200

/** How many rows a page may have; 50 unless told, and of what once came whole, as many as may be. */
export function readLimit(limit: string | undefined, otherwise: 50 | typeof most = 50): number {
  if (limit === undefined) return otherwise
  const number = Number(limit)
  if (number < 1 || number > most) throw new Refused('invalid_request', { field: 'limit' })
  return number
}
