/**
 * Sign-ins that come in together, in one turn. What is asked of the database is asked for all of them at once; only
 * what few of them need, such as carrying over, is done one by one.
 *
 * No two of them are the same person, come from the same session or show the same token: `batches.ts` keeps those
 * apart. So each finds the database as it would find it alone.
 *
 * The order of the steps has two reasons. Whoever is refused has changed nothing: dead keys and bans are found before
 * a token is spent, and tokens before a visitor is made. And locks are taken in one order on every node: the keys,
 * the visitors, the project's number, last the counter of security events; each in the order of its ids.
 */
import { TokenRefused } from '../../../identity/errors.ts'
import type { Transaction } from '../../db/database.ts'
import type { Outcome } from '../batches.ts'
import { touchVisitorsConversations, withConversations } from '../conversation/touch.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { recordSecurityEvents, type SecurityEvent } from '../security.ts'
import { findLiveKeys } from '../signing-key/signing-key.ts'
import { findOpenSessions, openSessions, renewSessions } from '../visitor/open-session.ts'
import { closeVisitorSession, countForVisitors } from '../visitor/session.ts'
import { findVisitors, insertVisitors, isNewer, updateVisitors } from '../visitor/verified.ts'
import { recordWanted } from '../webhook/record-events.ts'
import { carryOver, passOnOffer } from './carry-over.ts'
import {
  type Entry,
  isBanned,
  isShownAnew,
  keepsSession,
  proofOf,
  type SignedIn,
  type SignIn,
  sessionOf,
  verifiedEvent,
  visitorSelf,
} from './entry.ts'
import { spendTokens } from './used-token.ts'

/** All into the same project. */
export async function signInTogether(
  tx: Transaction,
  model: Acting,
  signIns: readonly SignIn[],
): Promise<Outcome<SignedIn>[]> {
  const batch = new Batch(tx, model, signIns)
  await batch.refuseDeadKeys()
  await batch.refuseBanned()
  await batch.refuseSpentTokens()
  await batch.keepVisitors()
  await batch.showAnew()
  await batch.renewSessions()
  await batch.openSessions()
  await batch.endSessions()
  return batch.outcomes()
}

type Acting = Pick<Model, 'bus' | 'presence' | 'now'>

class Batch {
  #tx: Transaction
  #model: Acting
  #now: number
  #projectId: string
  #entries: Entry[]
  #renewed: string[] = []
  /** By the project's webhooks. */
  #wanted = 0

  constructor(tx: Transaction, model: Acting, signIns: readonly SignIn[]) {
    this.#tx = tx
    this.#model = model
    this.#now = model.now()
    this.#projectId = signIns[0]?.project.id ?? ''
    this.#entries = signIns.map((signIn) => ({ ...signIn, proof: proofOf(signIn, this.#now) }))
  }

  /** Once more, inside: a key may have been revoked since it verified the token. */
  async refuseDeadKeys(): Promise<void> {
    const keyIds = new Set(this.#entries.map(({ keyId }) => keyId))
    const { live, wanted } = await findLiveKeys(this.#tx, keyIds, this.#now)
    this.#wanted = wanted
    for (const entry of this.#entries) {
      if (!live.has(entry.keyId)) entry.refused = new Refused('secret_revoked')
    }
  }

  async refuseBanned(): Promise<void> {
    await this.#find(this.#left)
    for (const entry of this.#left) {
      if (isBanned(entry)) entry.refused = new Refused('banned')
    }
  }

  /** Where a token is good once (VT13). */
  async refuseSpentTokens(): Promise<void> {
    const spending = this.#left.filter(({ project }) => project.singleUseTokens)
    const identities = spending.map(({ identity }) => identity)
    const fresh = await spendTokens(this.#tx, this.#projectId, identities)
    for (const entry of spending) {
      const { tokenId } = entry.identity
      const about = { field: 'jti', keyId: entry.keyId }
      if (tokenId === null) entry.refused = new TokenRefused('claim_missing', about)
      else if (!fresh.has(tokenId)) entry.refused = new TokenRefused('token_replayed', about)
    }
  }

  async keepVisitors(): Promise<void> {
    const newcomers = this.#left.filter(({ known }) => !known)
    const proofs = newcomers.map(({ proof }) => proof)
    const made = await insertVisitors(this.#tx, this.#projectId, proofs)
    for (const entry of newcomers) {
      const id = made.get(entry.identity.externalId)
      if (id !== undefined) entry.visitor = visitorSelf(id, entry.identity, entry.identity.externalId)
    }
    // On another node they came in at the same moment.
    await this.#find(newcomers.filter(({ visitor }) => !visitor))
    const updates = []
    for (const entry of this.#left) {
      const { known, proof, identity } = entry
      if (!known) continue
      // Whoever was banned since: nothing of this turn may stay.
      if (isBanned(entry)) throw new Refused('banned')
      updates.push({ known, proof })
      entry.visitor = visitorSelf(known.id, isNewer(known, identity) ? identity : known, identity.externalId)
    }
    await updateVisitors(this.#tx, updates)
  }

  async showAnew(): Promise<void> {
    const changed = this.#left.filter((entry) => isShownAnew(entry, this.#now))
    const ids = changed.flatMap(({ visitor }) => visitor?.id ?? [])
    for (const id of await withConversations(this.#tx, ids)) {
      await touchVisitorsConversations(this.#tx, this.#model, this.#projectId, id)
    }
  }

  /** A session that its own person comes back with lives on (VS2), unless it has just ended. */
  async renewSessions(): Promise<void> {
    const coming = this.#left.flatMap(({ previousSession }) => previousSession ?? [])
    const open = await findOpenSessions(this.#tx, this.#now, this.#projectId, coming)
    for (const entry of this.#left) entry.previous = open.get(entry.previousSession ?? '')
    const own = this.#left.filter(keepsSession)
    const renewals = own.map(({ previous, proof }) => ({ id: previous?.sessionId ?? '', ...sessionOf(proof) }))
    const renewed = await renewSessions(this.#tx, renewals)
    for (const entry of own) {
      const id = entry.previous?.sessionId ?? ''
      if (renewed.has(id)) entry.session = { id, token: entry.previousSession ?? '' }
    }
    this.#renewed = [...renewed]
  }

  async openSessions(): Promise<void> {
    const entries = this.#left.filter(({ session }) => !session)
    const sessions = []
    for (const entry of entries) {
      const { visitor, proof } = entry
      const own = { projectId: this.#projectId, visitorId: visitor?.id ?? '', ...sessionOf(proof) }
      sessions.push({ ...own, carryOverFrom: await this.#takesOver(entry) })
    }
    const opened = await openSessions(this.#tx, this.#now, sessions)
    for (const [index, entry] of entries.entries()) entry.session = opened[index]
    const project = { id: this.#projectId, wanted: this.#wanted }
    await recordWanted(this.#tx, this.#model, project, entries.flatMap(verifiedEvent))
  }

  async #takesOver({ project, previous, previousSession, visitor }: Entry): Promise<string | null> {
    if (!visitor || previousSession === undefined) return null
    return previous
      ? carryOver(this.#tx, this.#model, project, previous, visitor.id)
      : passOnOffer(this.#tx, project.id, previousSession, visitor.id)
  }

  /** Another identity ends the session (VS5). Connections are told of it, and of what goes on under another proof. */
  async endSessions(): Promise<void> {
    const projectId = this.#projectId
    const renewed = (subjectId: string): SecurityEvent => ({ kind: 'visitor_session_renewed', projectId, subjectId })
    const events = this.#renewed.map(renewed)
    for (const entry of this.#left) {
      const { previous } = entry
      if (!previous || keepsSession(entry)) continue
      events.push(await closeVisitorSession(this.#tx, this.#model, previous, 'identity_changed'))
    }
    await recordSecurityEvents(this.#tx, this.#model, events)
  }

  async outcomes(): Promise<Outcome<SignedIn>[]> {
    // Whoever is new and brought nothing along has nothing waiting for him.
    const asked = this.#left.filter(({ known, previousSession }) => known || previousSession !== undefined)
    const counts = await countForVisitors(
      this.#tx,
      asked.flatMap(({ visitor }) => visitor?.id ?? []),
    )
    return this.#entries.map(({ refused, visitor, session, proof }) => {
      if (refused) return { refused }
      if (!visitor || !session) throw new Error('A sign-in came to no end.')
      const { conversations, unread } = counts.get(visitor.id) ?? { conversations: 0, unread: 0 }
      return { result: { session, expiresAt: proof.until, visitor, conversations, unread } }
    })
  }

  get #left(): Entry[] {
    return this.#entries.filter(({ refused }) => !refused)
  }

  async #find(entries: Entry[]): Promise<void> {
    const ids = entries.map(({ identity }) => identity.externalId)
    const found = await findVisitors(this.#tx, this.#projectId, ids)
    for (const entry of entries) entry.known = found.get(entry.identity.externalId)
  }
}
