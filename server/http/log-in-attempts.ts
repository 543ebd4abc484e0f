import { Allowance } from '../model/allowance.ts'
import { RecentMap } from '../model/recent-map.ts'
import { Attempts } from './attempts.ts'

const atOnce = 100
const perMinute = 1
const mostKnown = 10_000

/**
 * Slows down who guesses passwords (HT2), by three counts of wrong ones: an account from one address has five, then a
 * wait that doubles up to 15 minutes; an address has 100 and then one a minute, whatever the accounts; so has an
 * account, whatever the addresses, but not from an address that it was signed in from before: no guesser, nor a
 * thousand of them elsewhere, keeps the account's owner out. A right password clears the first count alone, or one
 * account of one's own would be a licence to guess at the others.
 */
export class LogInAttempts {
  #pairs: Attempts
  #addresses: Allowance
  #accounts: Allowance
  #known = new RecentMap<true>(mostKnown)

  constructor(now: () => number) {
    this.#pairs = new Attempts({ free: 5, firstMs: 1_000, longestMs: 15 * 60_000, now })
    this.#addresses = new Allowance({ perMinute, burst: atOnce, now })
    this.#accounts = new Allowance({ perMinute, burst: atOnce, now })
  }

  /** Counts an attempt as a wrong one; whoever turns out to be right calls what this gives. Throws `rate_limited`. */
  begin(account: string, address: string): () => void {
    const pair = `${account} ${address}`
    const known = this.#known.get(pair) === true
    this.#pairs.require(pair)
    this.#addresses.take(address)
    if (!known) this.#takeFromAccount(account, address)
    this.#pairs.refused(pair)
    return () => {
      this.#pairs.succeeded(pair)
      this.#addresses.give(address)
      if (!known) this.#accounts.give(account)
      this.#known.set(pair, true)
    }
  }

  #takeFromAccount(account: string, address: string): void {
    try {
      this.#accounts.take(account)
    } catch (error) {
      // No password was looked at.
      this.#addresses.give(address)
      throw error
    }
  }
}
