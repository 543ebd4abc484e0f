import { beforeEach, describe, expect, test } from 'vitest'
import type { Schema } from '../../db/schema.ts'
import { KeyStore } from '../../keys/key-store.ts'
import { MasterKey } from '../../keys/master-key.ts'
import type { Member } from '../../model/caller.ts'
import { Housekeeping } from '../../model/housekeeping.ts'
import { newId } from '../../model/id.ts'
import { eraseDeadSecrets, generateSecret, listSecrets } from '../../model/signing-key/shared-secret.ts'
import { countsOfKey, sessionPresenceKey } from '../../model/signing-key/use.ts'
import { day } from '../clock.ts'
import { type OpenDatabase, upTo, World } from './world.ts'

/** What is told of a key's use (SS7), and when a dead one is erased (VT3). */
export function keysInUseContract(open: OpenDatabase): void {
  describe('keys in use', () => {
    let world: World
    let keys: KeyStore
    let owner: Member

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      keys = new KeyStore({
        database: world.database,
        masterKey: new MasterKey([new Uint8Array(32)]),
        fresh: () => true,
      })
      owner = { agentId: world.ownerId, projectId: world.projectId, role: 'owner', departmentIds: [] }
      return () => opened.close()
    })

    const model = () => {
      const { database, bus, presence, now } = world
      return { database, bus, presence, now, keys, masterKey: new MasterKey([new Uint8Array(32)]) }
    }
    const generate = (previous: 'revoke' | 'retire' | 'keep' = 'keep', graceSeconds = 3600) =>
      generateSecret(model(), owner, { previous, graceSeconds }, '127.0.0.1')

    type Session = Schema['visitor_sessions']
    async function session(keyId: string, changed: Partial<Session> = {}): Promise<string> {
      const { visitorId } = await world.visitor()
      const id = newId()
      const now = world.now()
      const verified = { key_id: keyId, issued_at: now, verified_at: now, created_at: now, expires_at: now + day }
      const row = { id, project_id: world.projectId, visitor_id: visitorId, token_hash: id, ...verified, ...changed }
      await world.database.transaction((tx) => tx.query.insertInto('visitor_sessions').values(row).execute())
      return id
    }

    test('[SS7] sessions, connections and sign-ins are counted for each key', async () => {
      const [one, two] = [await generate(), await generate()]
      const now = world.now()
      const open = await Promise.all([session(one.id), session(one.id), session(one.id)])
      await session(one.id, { ended_at: now })
      await session(one.id, { expires_at: now })
      await session(one.id, { verified_at: now - 2 * day })
      await session(one.id, { verified_at: now - 8 * day, ended_at: now })
      await session(two.id)
      for (const id of open.slice(0, 2)) world.presence.enter(sessionPresenceKey(one.id, id))
      world.presence.enter(sessionPresenceKey(one.id, open[0] ?? ''))
      // On another node: one who is here, too, and one who is only there.
      world.presence.setElsewhere('b', new Set([open[1], open[2]].map((id) => sessionPresenceKey(one.id, id ?? ''))))
      const listed = new Map((await listSecrets(world, owner)).map((secret) => [secret.id, secret]))
      expect(listed.get(one.id)).toMatchObject({ sessions: 4, connected: 3, signInsLastDay: 5, signInsLastWeek: 6 })
      expect(listed.get(two.id)).toMatchObject({ sessions: 1, connected: 0, signInsLastDay: 1, lastUsedAt: now })
    })

    test('[SS7] they are counted in indexes alone, and no session is read for it', async () => {
      const { id } = await generate()
      await fill(id)
      const asked: [sql: string, parameters: (string | number)[]][] = [
        [countsOfKey.lastUsed, [id]],
        [countsOfKey.signIns, [0, id, 0]],
        [countsOfKey.open, [id, 0]],
      ]
      for (const [sql, parameters] of asked) {
        const plan = await explain(sql, parameters)
        expect(plan).toMatch(/COVERING INDEX|Index Only Scan/)
        expect(plan).not.toMatch(/SCAN visitor_sessions|Seq Scan/)
      }
    })

    test('[SS7] the list asks three questions a key, however many sessions there are', async () => {
      const { id } = await generate()
      for (const _ of upTo(30)) await session(id)
      let questions = 0
      const { rows } = world.database
      const counting: typeof rows = (sql, parameters) => {
        questions += 1
        return rows(sql, parameters)
      }
      await listSecrets({ ...world, database: { ...world.database, rows: counting } }, owner)
      expect(questions).toBe(3)
    })

    test('[VT3] a secret that died 30 days ago is erased, a few at a time, and its record stays', async () => {
      const [revoked, retired, living] = [await generate(), await generate('revoke'), await generate('retire', 60)]
      const sealed = async (id: string) => {
        const rows = world.database.read.selectFrom('signing_keys').select('sealed').where('id', '=', id)
        return (await rows.executeTakeFirstOrThrow()).sealed !== ''
      }
      const all = async () => [await sealed(revoked.id), await sealed(retired.id), await sealed(living.id)]
      world.clock.advance(30 * day - 1)
      expect(await eraseDeadSecrets(world, 10)).toBe(false)
      expect(await all()).toEqual([true, true, true])
      world.clock.advance(1)
      await eraseDeadSecrets(world, 10)
      expect(await all()).toEqual([false, true, true])
      world.clock.advance(60_000)
      expect(await eraseDeadSecrets(world, 1)).toBe(true)
      expect(await all()).toEqual([false, false, true])
      expect((await listSecrets(world, owner)).map(({ state }) => state)).toEqual(['active', 'revoked', 'revoked'])
      keys.forget(world.projectId)
      const { keys: candidates, algorithms } = await keys.candidates(world.projectId, world.now())
      expect([candidates.map(({ id }) => id), algorithms]).toEqual([[living.id], ['HS256']])
    })

    test('[VT3] housekeeping goes on after a turn that failed, and until nothing is left', async () => {
      const first = await generate()
      await generate('revoke')
      world.clock.advance(31 * day)
      const { transaction } = world.database
      const housekeeping = new Housekeeping(world)
      world.database.transaction = () => Promise.reject(new Error('away'))
      await housekeeping.turn()
      world.database.transaction = transaction
      await housekeeping.turn()
      const [row] = await world.database.rows<{ sealed: string }>('select sealed from signing_keys where id = ?', [
        first.id,
      ])
      expect(row?.sealed).toBe('')
      await housekeeping.stop()
    })

    test('[VT3] of dead keys the 10 newest are candidates, for 30 days', async () => {
      const made: string[] = []
      for (const _ of upTo(13)) {
        made.push((await generate('revoke')).id)
        world.clock.advance(1_000)
      }
      const candidates = async () => (await keys.candidates(world.projectId, world.now())).keys
      keys.forget(world.projectId)
      const found = await candidates()
      expect(found.map(({ id }) => id)).toEqual(made.reverse().slice(0, 11))
      expect(found.map(({ state }) => state)).toEqual(['live', ...Array(10).fill('dead')])
      world.clock.advance(30 * day)
      expect((await candidates()).map(({ state }) => state)).toEqual(['live'])
    })

    /** So many sessions of many keys, most of them over, that a planner sees what it would in a shop. */
    async function fill(keyId: string): Promise<void> {
      const { visitorId } = await world.visitor()
      const now = world.now()
      for (const turn of upTo(20)) {
        const rows = upTo(200).map((count) => {
          const id = newId()
          const key_id = count % 10 === 0 ? keyId : newId()
          const times = {
            issued_at: now,
            verified_at: now - turn * count,
            created_at: now,
            expires_at: now + day - count,
          }
          const ended_at = count % 20 === 0 ? null : now
          return { id, project_id: world.projectId, visitor_id: visitorId, token_hash: id, key_id, ...times, ended_at }
        })
        await world.database.transaction((tx) => tx.query.insertInto('visitor_sessions').values(rows).execute())
      }
      // PostgreSQL does so by itself in time; SQLite knows no such word.
      await world.database.rows('vacuum analyze visitor_sessions', []).catch(() => {})
    }

    async function explain(sql: string, parameters: (string | number)[]): Promise<string> {
      return world.database.transaction(async (tx) => {
        if (tx.dialect === 'sqlite') {
          const rows = await tx.rows<{ detail: string }>(`explain query plan ${sql}`, parameters)
          return rows.map((row) => row.detail).join('\n')
        }
        const rows = await tx.rows<Record<string, string>>(`explain ${sql}`, parameters)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
    }
  })
}
