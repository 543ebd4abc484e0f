import { beforeEach, describe, expect, test } from 'vitest'
import { TokenRefused } from '../../../identity/errors.ts'
import type { Project } from '../../../protocol/records.ts'
import type { SqlValue } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { KeyStore } from '../../keys/key-store.ts'
import { MasterKey } from '../../keys/master-key.ts'
import type { Member } from '../../model/caller.ts'
import { Housekeeping } from '../../model/housekeeping.ts'
import { requireProject } from '../../model/project/project.ts'
import { Refused } from '../../model/refused.ts'
import { answerCarryOver } from '../../model/sign-in/carry-over.ts'
import { SignIns, signInAnonymously } from '../../model/sign-in/sign-in.ts'
import { generateSecret, revokeSecret } from '../../model/signing-key/shared-secret.ts'
import { findVisitorCaller } from '../../model/visitor/session.ts'
import { minute } from '../clock.ts'
import { signToken } from '../token.ts'
import { type OpenDatabase, upTo, World } from './world.ts'

/** Sign-ins that come in together are one turn, and each is as it would be alone (VS1, VS3, SS6). */
export function signInContract(open: OpenDatabase): void {
  describe('sign-ins that come in together', () => {
    let world: World
    let model: ReturnType<typeof modelOf>
    let owner: Member
    let project: Project
    let key: { id: string; secret: string }
    let signIns: SignIns
    /** How many turns the database has taken since the last `together`. */
    let turns: number

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      model = modelOf(world)
      owner = { agentId: world.ownerId, projectId: world.projectId, role: 'owner', departmentIds: [] }
      project = await requireProject(world, world.projectId)
      key = await generate()
      signIns = new SignIns(model)
      return () => opened.close()
    })

    async function generate() {
      const made = await generateSecret(model, owner, { previous: 'keep' }, '127.0.0.1')
      model.keys.forget(world.projectId)
      await model.keys.candidates(world.projectId, world.now())
      return made
    }
    const token = (claims: object = {}, secret = key.secret) => signToken(secret, world.clock, { ...claims })

    const admit = (claims: object, previousSession?: string, secret?: string) =>
      signIns.withToken(project, { token: token(claims, secret), previousSession })

    const offer = (...offered: Parameters<typeof admit>) => admit(...offered).then(() => 'accepted', codeFrom)

    /** What is offered here waits for the same moment: a first one holds the door until all others are behind it. */
    async function together<T>(offered: () => Promise<T>[]): Promise<T[]> {
      const { database } = world
      const { transaction } = database
      const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      turns = -1
      database.transaction = (turn) => {
        turns += 1
        return transaction(turn)
      }
      const first = transaction(async (tx) => {
        begun.resolve()
        await goOn.promise
        await tx.rows('select 1 as one', [])
      })
      await begun.promise
      const lane = admit({ external_id: 'the first', jti: 'the first' })
      const all = offered()
      await verified()
      goOn.resolve()
      const outcomes = await Promise.all([first, lane, ...all])
      database.transaction = transaction
      return outcomes.slice(2) as T[]
    }

    const visitors = () => world.database.rows<Schema['visitors']>('select * from visitors order by external_id', [])
    const sessions = () => world.database.rows<Schema['visitor_sessions']>('select * from visitor_sessions', [])
    const openSessions = async () => (await sessions()).filter((session) => session.ended_at === null)

    test('[VS1] are few turns, and each opens the session of its own person', async () => {
      const names = upTo(50).map((index) => `customer ${index}`)
      const admitted = await together(() => names.map((name) => admit({ external_id: name, name })))
      expect(turns).toBeLessThan(5)
      expect(admitted.map(({ visitor }) => visitor.externalId)).toEqual(names)
      for (const { session, visitor, expiresAt } of admitted) {
        const caller = await findVisitorCaller(world, session)
        expect(caller).toMatchObject({ visitorId: visitor.id, name: visitor.name, expiresAt })
        expect(caller?.verification).toMatchObject({ keyId: key.id, verifiedAt: world.now() })
      }
    })

    test('[VT13] are refused one by one, and who is refused leaves nothing behind', async () => {
      project = { ...project, singleUseTokens: true }
      const other = await generate()
      const { visitor } = await admit({ external_id: 'banned', jti: 'a' })
      await offer({ external_id: 'replayed', jti: 'b' })
      await world.database.transaction((tx) => tx.rows('update visitors set banned_at = 1 where id = ?', [visitor.id]))
      // It stays a candidate here, as on a node that has not heard of it yet.
      await world.database.transaction((tx) =>
        tx.rows('update signing_keys set revoked_at = 1 where id = ?', [other.id]),
      )
      const before = (await visitors()).length
      const outcomes = await together(() => [
        offer({ external_id: 'good 1', jti: 'c' }),
        offer({ external_id: 'banned', jti: 'd' }),
        offer({ external_id: 'replayed too', jti: 'b' }),
        offer({ external_id: 'revoked', jti: 'e' }, undefined, other.secret),
        offer({ external_id: 'without' }),
        offer({ external_id: 'good 2', jti: 'f' }),
      ])
      expect(outcomes).toEqual([
        'accepted',
        'banned',
        'token_replayed jti',
        'secret_revoked',
        'claim_missing jti',
        'accepted',
      ])
      const names = (await visitors()).map((row) => row.external_id)
      expect(names).toHaveLength(before + 3)
      expect([names.includes('good 1'), names.includes('good 2')]).toEqual([true, true])
      const spent = await world.database.rows('select * from used_tokens', [])
      // `a`, `b`, `c`, `f`, and that of the first in line.
      expect(spent).toHaveLength(5)
    })

    test('[VT13] let a token in once', async () => {
      project = { ...project, singleUseTokens: true }
      const outcomes = await together(() => upTo(10).map(() => offer({ jti: 'once' })))
      expect(outcomes.toSorted()).toEqual(['accepted', ...Array(9).fill('token_replayed jti')])
    })

    test('[VS3][VS4] make one visitor of one person, as his newest token says', async () => {
      const issued = [5, 9, 1, 7]
      const admitted = await together(() =>
        issued.map((ago) => admit({ name: `${ago} ago`, iat: world.clock.seconds - ago })),
      )
      expect(new Set(admitted.map(({ visitor }) => visitor.id)).size).toBe(1)
      expect(new Set(admitted.map(({ session }) => session)).size).toBe(4)
      expect((await visitors()).find((row) => row.external_id === 'customer-1')?.name).toBe('1 ago')
    })

    test('[VS2] a session that several renew goes on under one token, and whoever else comes with it ends it', async () => {
      const { session, visitor } = await admit({})
      const renewed = await together(() => upTo(3).map(() => admit({}, session)))
      expect(renewed.map((each) => each.session)).toEqual([session, session, session])
      await together(() => [admit({ external_id: 'somebody else' }, session)])
      const ended = (await sessions()).filter((row) => row.visitor_id === visitor.id)
      expect(ended.map((row) => row.end_reason)).toEqual(['identity_changed'])
    })

    test('[VS7] what one browser wrote is offered to one of those who come from it', async () => {
      const { session } = await signInAnonymously(model, project, {})
      const caller = await findVisitorCaller(world, session)
      if (!caller) throw new Error('A new session is not open.')
      await world.write(caller)
      const people = await together(() => ['a', 'b', 'c'].map((id) => admit({ external_id: id }, session)))
      expect(people.map(({ carryOver }) => carryOver?.conversations ?? 0).toSorted()).toEqual([0, 0, 1])
      for (const person of people) {
        const own = await findVisitorCaller(world, person.session)
        if (own) await answerCarryOver(world, own, true)
      }
      const owners = await world.database.rows<{ visitor_id: string }>('select visitor_id from conversations', [])
      expect(people.map(({ visitor }) => visitor.id)).toContain(owners[0]?.visitor_id)
    })

    test('[VS1] one that the database cannot store is refused alone', async () => {
      const mend = breakFor(world, 'broken')
      const outcomes = await together(() =>
        ['one', 'broken', 'two'].map((id) =>
          admit({ external_id: id }).then(
            () => 'accepted',
            (error: Error) => error.message,
          ),
        ),
      )
      mend()
      expect(outcomes).toEqual(['accepted', 'broken', 'accepted'])
      expect((await visitors()).map((row) => row.external_id)).toEqual(['one', 'the first', 'two'])
    })

    test('[SS6] a revocation that comes while they are in their turn ends them, and nobody comes in after it', async () => {
      const paused = pauseAt(world, 'signing_keys')
      const crossing = upTo(5).map((index) => offer({ external_id: `crossing ${index}` }))
      await paused.reached
      const revocation = revokeSecret(model, owner, key.id, '127.0.0.1')
      await settled()
      paused.goOn()
      await Promise.all([...crossing, revocation])
      expect(await openSessions()).toEqual([])
      // As on a node that has not heard of it yet.
      expect(await offer({ external_id: 'late' })).toBe('secret_revoked')
      expect((await visitors()).map((row) => row.external_id)).not.toContain('late')
    })

    const verifiedUntil = async () => (await visitors()).find((row) => row.external_id === 'customer-1')?.verified_until

    test('[SS6][VS9] one who comes in under another key while his is revoked counts as verified', async () => {
      const other = await generate()
      await admit({})
      world.clock.advance(1_000)
      const paused = pauseAt(world, 'insert into visitor_sessions')
      const crossing = admit({}, undefined, other.secret)
      await paused.reached
      const revocation = revokeSecret(model, owner, key.id, '127.0.0.1')
      await settled()
      paused.goOn()
      const [{ expiresAt }] = await Promise.all([crossing, revocation])
      expect(await verifiedUntil()).toBe(expiresAt)
      await revokeSecret(model, owner, other.id, '127.0.0.1')
      expect(await verifiedUntil()).toBe(world.now())
    })

    test('[SS6][VS9] a revocation that crashes after its commit is finished by housekeeping', async () => {
      const { session } = await admit({})
      const caller = await findVisitorCaller(world, session)
      if (!caller) throw new Error('A new session is not open.')
      await world.write(caller)
      const { transaction } = world.database
      world.database.transaction = (turn) => {
        world.database.transaction = () => Promise.reject(new Error('away'))
        return transaction(turn)
      }
      await revokeSecret(model, owner, key.id, '127.0.0.1')
      world.database.transaction = transaction
      expect(await findVisitorCaller(world, session)).toBeUndefined()
      expect(await verifiedUntil()).toBeGreaterThan(world.now())
      const told = world.published.length
      const housekeeping = new Housekeeping(world)
      await housekeeping.turn()
      expect(await verifiedUntil()).toBeGreaterThan(world.now())
      world.clock.advance(minute)
      await housekeeping.turn()
      expect(await verifiedUntil()).toBe(world.now())
      expect(world.published.slice(told)).toMatchObject([{ kind: 'many', audience: 'agents' }])
      await housekeeping.turn()
      expect(world.published).toHaveLength(told + 1)
      await housekeeping.stop()
    })

    test('[VS15] a ban that crosses them leaves no session open', async () => {
      const { visitor } = await admit({})
      const paused = pauseAt(world, 'external_id')
      const crossing = offer({})
      await paused.reached
      const ban = world.database.transaction(async (tx) => {
        await tx.rows('update visitors set banned_at = 1 where id = ?', [visitor.id])
        await tx.rows('update visitor_sessions set ended_at = 1 where visitor_id = ?', [visitor.id])
      })
      await settled()
      paused.goOn()
      await Promise.all([crossing, ban])
      expect(await openSessions()).toEqual([])
      expect(await offer({})).toBe('banned')
    })
  })
}

export function modelOf(world: World) {
  const { database, bus, presence, reads, metrics, now } = world
  const masterKey = new MasterKey([new Uint8Array(32)])
  const keys = new KeyStore({ database, masterKey, fresh: () => true })
  return { database, bus, presence, reads, metrics, now, keys, masterKey }
}

function codeFrom(error: unknown): string {
  if (!(error instanceof Refused || error instanceof TokenRefused)) throw error
  return error.field === undefined ? error.code : `${error.code} ${error.field}`
}

/** The next turn that asks with such a text waits when it has its answer. */
function pauseAt({ database }: World, text: string) {
  const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const { transaction } = database
  database.transaction = (turn) => {
    database.transaction = transaction
    return transaction((tx) => {
      const rows = async <Row>(sql: string, parameters: readonly SqlValue[]) => {
        const found = await tx.rows<Row>(sql, parameters)
        if (sql.includes(text)) {
          reached.resolve()
          await goOn.promise
        }
        return found
      }
      return turn({ ...tx, rows })
    })
  }
  return { reached: reached.promise, goOn: goOn.resolve }
}

/** Every turn fails in which this text is a parameter. */
function breakFor({ database }: World, text: string) {
  const { transaction } = database
  database.transaction = (turn) =>
    transaction((tx) => {
      const rows = async <Row>(sql: string, parameters: readonly SqlValue[]) => {
        if (sql.startsWith('insert') && parameters.flat().includes(text)) throw new Error(text)
        return tx.rows<Row>(sql, parameters)
      }
      return turn({ ...tx, rows })
    })
  return () => {
    database.transaction = transaction
  }
}

/** Tokens need no longer than this where the keys are known. */
const verified = () => new Promise((resolve) => setImmediate(resolve))
/** Time for a query to come to the lock where it must wait. Were it too short, both would be one after the other. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 50))
