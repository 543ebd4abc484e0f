/**
 * Signing in with what the page supplies (VS5, VS8).
 *
 * The token says, unverified, whom it is for. If that is not who is on the screen, the screen is cleared before the
 * server is even asked, and what comes after a refusal is nobody: neither the person before nor a guest. If it is the
 * very person who is signed in, a refusal ends nothing.
 */
import { backOff } from '../client/back-off.ts'
import type { Clock } from '../client/clock.ts'
import type { VisitorSelf } from '../protocol/records.ts'
import { type Report, type Trouble, troubleOf } from './report.ts'
import { isPassing, type Server } from './server.ts'
import type { Shelf } from './shelf.ts'
import { claimedIdentity } from './token.ts'
import { createAsker, type TokenSource, unavailable } from './token-source.ts'
import { verifierOf } from './verifier.ts'
import type { Visitor } from './visitor.ts'
import type { Verified } from './who.ts'

export interface SignInOptions {
  shelf: Shelf
  visitor: Visitor
  server: Server
  report: Report
  clock: Clock
  random: () => number
  /** Ends a session on the server. */
  close: (session: string | undefined) => Promise<void>
  /** The page's function says that nobody is signed in there. */
  nobody: () => void
}

export interface SignIn {
  /** Has the page said whom it means, in this turn? */
  isUnderWay(): boolean
  with(source: TokenSource): Promise<VisitorSelf | undefined>
  /** Asks the page's function again; false when there is none. */
  again(): boolean
  /** The page's word counts no more. */
  stop(): void
}

const capMs = 60_000
const mostRefusals = 6
const earliestMs = 30_000

export function createSignIn({ shelf, visitor, server, report, clock, random, close, nobody }: SignInOptions): SignIn {
  const ask = createAsker()
  let source: TokenSource | undefined
  let underWay = 0
  /** The session of the person before, until the server has ended it. */
  let left: string | undefined
  /** Of several refusals alike the page hears once (WG6). */
  let reported: string | undefined
  let callOffRenewal = () => {}

  async function signIn(next: TokenSource): Promise<VisitorSelf | undefined> {
    source = next
    reported = undefined
    // Until the function answers, the person on the screen is not the one whom the page means.
    if (typeof next === 'function') visitor.veil()
    return run(visitor.newTurn())
  }

  function again(): boolean {
    if (typeof source !== 'function') return false
    run(visitor.newTurn()).catch(() => {})
    return true
  }

  async function run(turn: number): Promise<VisitorSelf | undefined> {
    underWay++
    try {
      return await attempts(turn)
    } finally {
      underWay--
    }
  }

  /** Goes on while the server does not answer; a refusal is the end, but for a function that may do better later. */
  async function attempts(turn: number, failures = 0): Promise<VisitorSelf | undefined> {
    if (source === undefined) return undefined
    try {
      const token = await ask(source)
      if (!visitor.isCurrent(turn)) return undefined
      if (token === undefined) return void nobody()
      return await exchange(turn, token)
    } catch (error) {
      if (!visitor.isCurrent(turn)) return undefined
      if (isPassing(error)) {
        await pause(error.retryAfterMs ?? backOff(failures, random, capMs))
        return attempts(turn, failures + 1)
      }
      const trouble = troubleOf(error)
      settleRefused(trouble)
      const isWorthIt = typeof source === 'function' && failures < mostRefusals && trouble.code !== 'banned'
      if (isWorthIt) void tryLater(turn, failures)
      throw error
    }
  }

  async function tryLater(turn: number, failures: number): Promise<void> {
    await pause(1_000 + backOff(failures + 2, random, capMs))
    if (visitor.isCurrent(turn)) await attempts(turn, failures + 1).catch(() => {})
  }

  async function exchange(turn: number, token: string): Promise<VisitorSelf | undefined> {
    const kept = keptFor(claimedIdentity(token))
    if (!kept) left = visitor.leave() ?? left
    const previous = kept ? kept.session : left
    const verifier = verifierOf(shelf)
    try {
      const admission = await server.as()('POST /projects/:project/visitor-sessions', {
        params: { project: server.project },
        body: { token, ...(verifier && { verifier }), ...(previous && { previousSession: previous }) },
      })
      left = reported = undefined
      if (!visitor.isCurrent(turn)) {
        void close(admission.session)
        return undefined
      }
      visitor.admit({ state: 'verified', owner: admission.visitor.id, ...admission })
      renewInTime(turn, admission.expiresAt)
      return admission.visitor
    } catch (error) {
      if (kept && visitor.isCurrent(turn)) visitor.admit(kept)
      throw error
    }
  }

  /** The session that this browser keeps for the person whom the token claims. */
  function keptFor(identity: string | undefined): Verified | undefined {
    const kept = visitor.kept()
    return kept?.state === 'verified' && identity !== undefined && kept.visitor.externalId === identity
      ? kept
      : undefined
  }

  function settleRefused(trouble: Trouble): void {
    if (trouble.code !== reported) report(trouble)
    reported = trouble.code
    if (visitor.who.get().state === 'verified') return
    if (trouble.code !== unavailable) {
      if (!visitor.mine()) void close(left)
      left = undefined
      visitor.note(trouble)
    }
    visitor.dismiss(trouble)
  }

  function renewInTime(turn: number, expiresAt: number): void {
    callOffRenewal()
    if (typeof source !== 'function') return
    const left = expiresAt - clock.now()
    const early = Math.min(300_000, left / 5) * (1 + random())
    const renew = () => {
      if (visitor.isCurrent(turn)) void again()
    }
    callOffRenewal = clock.after(Math.max(left - early, earliestMs), renew)
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => clock.after(ms, resolve))
  }

  return {
    isUnderWay: () => underWay > 0,
    with: signIn,
    again,
    stop() {
      source = undefined
      callOffRenewal()
    },
  }
}
