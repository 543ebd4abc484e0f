import { Allowance } from '../allowance.ts'
import { Attempts } from '../attempts.ts'
import type { Model } from '../model.ts'
import { CountedRows } from './counted-rows.ts'

type Counting = Pick<Model, 'database' | 'masterKey' | 'now'>

const atOnce = 100
const perMinute = 1
/** Longer than any count needs to be as if nothing had been. */
const keptMs = 2 * 3_600_000
const knownMs = 90 * 86_400_000

/**
 * Slows down who guesses passwords (HT2), by three counts of wrong ones: an account from one address has five, then a
 * wait that doubles up to 15 minutes; an address has 100 and then one a minute, whatever the accounts; so has an
 * account, whatever the addresses, but not from an address that it was signed in from before: no guesser, nor a
 * thousand of them elsewhere, keeps the account's owner out. A right password clears the first count alone, or one
 * account of one's own would be a licence to guess at the others.
 *
 * They are rows: a guesser has no more tries where there are more nodes, or after a restart. Accounts and addresses are
 * in them as marks that only this installation can make.
 *
 * Counts an attempt as a wrong one; whoever turns out to be right calls what this gives. Throws `rate_limited`.
 */
export async function beginLogIn(model: Counting, account: string, address: string): Promise<() => Promise<void>> {
  const known = await counting(model, account, address, ({ rows, pairs, totals }) => {
    const isKnown = rows.get('known') !== undefined
    pairs.require('pair')
    totals.take('address')
    if (!isKnown) totals.take('account')
    pairs.refused('pair')
    return isKnown
  })
  return () =>
    counting(model, account, address, ({ rows, pairs, totals }) => {
      pairs.succeeded('pair')
      totals.give('address')
      if (!known) totals.give('account')
      rows.set('known', { count: 1, at: model.now() })
    })
}

interface Counts {
  rows: CountedRows
  pairs: Attempts
  totals: Allowance
}

/** What is thrown in it leaves all counts as they were. */
function counting<Result>(
  model: Counting,
  account: string,
  address: string,
  act: (counts: Counts) => Result,
): Promise<Result> {
  const { database, masterKey, now } = model
  const mark = (text: string) => Buffer.from(masterKey.sign(Buffer.from(text), 'log-in attempt')).toString('base64url')
  const names = {
    pair: mark(`pair ${account} ${address}`),
    address: mark(`address ${address}`),
    account: mark(`account ${account}`),
    known: mark(`known ${account} ${address}`),
  }
  return database.transaction(async (tx) => {
    await tx.alone('log-in attempts')
    const rows = await CountedRows.read(tx, names)
    const pairs = new Attempts({ free: 5, firstMs: 1_000, longestMs: 15 * 60_000, now, kept: rows })
    const totals = new Allowance({ perMinute, burst: atOnce, now, kept: rows })
    const result = act({ rows, pairs, totals })
    await rows.write(tx, (name) => now() + (name === 'known' ? knownMs : keptMs))
    return result
  })
}

/** True if there may be more. */
export async function pruneLogInAttempts(
  { database, now }: Pick<Model, 'database' | 'now'>,
  most: number,
): Promise<boolean> {
  const gone = await database.transaction((tx) =>
    tx.rows(
      `delete from log_in_attempts where name in (
         select name from log_in_attempts where expires_at <= ? order by expires_at limit ?) returning name`,
      [now(), most],
    ),
  )
  return gone.length === most
}
