import { askOnce } from './child.ts'
import type { Jose } from './limits/jose.ts'
import type { TokenVerify } from './product/token-verify.ts'
import { compare } from './rounds.ts'
import { type Row, rateRow, type Scale } from './row.ts'

/** The rules for a visitor token beside jose alone, which has to be run for them anyway. */
export async function tokenVerify({ rounds, seconds }: Scale): Promise<Row[]> {
  const load = { inFlight: 32, seconds: seconds / 2 }
  const compared = await compare(
    rounds,
    () => askOnce<TokenVerify, 'verify'>('bench/product/token-verify.ts', 'verify', load),
    () => askOnce<Jose, 'verify'>('bench/limits/jose.ts', 'verify', load),
  )
  return [rateRow('token verify, HS256, 32 in flight (jose)', '', compared)]
}
