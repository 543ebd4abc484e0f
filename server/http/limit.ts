import { Refused } from '../model/refused.ts'

const most = 200

/** How many rows a page may have; 50 unless told. */
export function readLimit(limit: string | undefined): number {
  if (limit === undefined) return 50
  const number = Number(limit)
  if (number < 1 || number > most) throw new Refused('invalid_request', { field: 'limit' })
  return number
}
