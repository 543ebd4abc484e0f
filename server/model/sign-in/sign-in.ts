/**
 * A visitor comes in: with a token that his site has signed, or as nobody in particular.
 *
 * The token is verified outside of the database's turn; inside it (batch.ts) the key is looked at once more,
 * since it may have been revoked in between. The visitor is found by project and external id, never by e-mail (VS3).
 */
import type { Project, VisitorSelf } from '../../../protocol/records.ts'
import type { Transaction } from '../../db/database.ts'
import { emailKey } from '../agent/agent.ts'
import { Batches } from '../batches.ts'
import { newId } from '../id.ts'
import type { Model } from '../model.ts'
import { Refused } from '../refused.ts'
import { refuseBannedAddress } from '../visitor/ban.ts'
import { type Claims, cleanClaims } from '../visitor/claims.ts'
import { findOpenSessions, openSessions } from '../visitor/open-session.ts'
import { anonymousSessionMs, describeVisitor, endVisitorSession } from '../visitor/session.ts'
import { signInTogether } from './batch.ts'
import { findOffer, type Offer } from './carry-over.ts'
import { namesOf, type SignedIn, type SignIn } from './entry.ts'
import { type OfferedToken, verifyToken } from './visitor-token.ts'

export interface Admission {
  session: string
  expiresAt: number
  visitor: VisitorSelf
  conversations: number
  unread: number
  carryOver: Offer
}

type Acting = Pick<Model, 'database' | 'bus' | 'keys' | 'presence' | 'now'>

/** Exchanges tokens for sessions (VS1), those that come in together in one turn. */
export class SignIns {
  #model: Acting
  #batches: Batches<SignIn, SignedIn>

  constructor(model: Acting) {
    this.#model = model
    this.#batches = new Batches(model.database, (tx, signIns) => signInTogether(tx, model, signIns))
  }

  /** Throws identity's TokenRefused. */
  async withToken(
    project: Project,
    offered: OfferedToken & { previousSession?: string | undefined },
  ): Promise<Admission> {
    const { previousSession } = offered
    const { identity, key } = await verifyToken(this.#model, project, offered)
    const signIn = { project, identity, keyId: key.id, previousSession }
    const { session, ...signedIn } = await this.#batches.add(project.id, signIn, namesOf(signIn))
    // Without a session before there is nothing to take over.
    const carryOver = previousSession === undefined ? null : await findOffer(this.#model, session.id)
    return { session: session.token, ...signedIn, carryOver }
  }
}

/** A session for nobody in particular; `claims` are what he says of himself. */
export async function signInAnonymously(
  model: Acting,
  project: Project,
  offered: { claims?: Claims | undefined; previousSession?: string | undefined; address?: string | undefined },
): Promise<Admission> {
  if (project.enforcement === 'required') throw new Refused('authentication_required')
  const now = model.now()
  const expiresAt = now + anonymousSessionMs
  const claims = cleanClaims(offered.claims ?? {})
  const { token, visitorId } = await model.database.transaction(async (tx) => {
    await requireAdmitsAnybody(tx, project.id)
    if (offered.address !== undefined) await refuseBannedAddress(tx, project.id, offered.address)
    const coming = offered.previousSession === undefined ? [] : [offered.previousSession]
    const [previous] = (await findOpenSessions(tx, now, project.id, coming)).values()
    if (previous) await endVisitorSession(tx, model, previous, 'identity_changed')
    const visitorId = await insertNobody(tx, project.id, now, claims)
    const opening = { projectId: project.id, visitorId, verification: null, expiresAt, address: offered.address }
    const [opened] = await openSessions(tx, now, [opening])
    return { token: opened?.token ?? '', visitorId }
  })
  return { session: token, expiresAt, ...(await describeVisitor(model, visitorId, false)), carryOver: null }
}

/** Once more, inside: the project may just have been closed to who is not signed in. */
async function requireAdmitsAnybody(tx: Transaction, projectId: string): Promise<void> {
  const [row] = await tx.rows<{ enforcement: string }>('select enforcement from projects where id = ?', [projectId])
  if (row?.enforcement === 'required') throw new Refused('authentication_required')
}

async function insertNobody(
  tx: Transaction,
  projectId: string,
  now: number,
  { name, email }: ReturnType<typeof cleanClaims>,
): Promise<string> {
  const id = newId()
  await tx.rows(
    `insert into visitors (id, project_id, name, email, email_key, attributes, created_at, last_seen_at)
     values (?, ?, ?, ?, ?, '{}', ?, ?)`,
    [id, projectId, name, email, email === null ? null : emailKey(email), now, now],
  )
  return id
}
