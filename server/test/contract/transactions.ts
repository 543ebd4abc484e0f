import { beforeEach, describe, expect, test } from 'vitest'
import type { Database, Transaction } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import type { OpenDatabase, Opened } from './world.ts'

/** The one door for writes: turns, groups and commits. */
export function transactionContract(open: OpenDatabase): void {
  describe('the door for writes', () => {
    let opened: Opened
    let database: Database

    beforeEach(async () => {
      opened = await open()
      database = opened.database
      await migrate(database)
      return () => opened.close()
    })

    const insertion = (id: string) =>
      [
        'insert into agents (id, name, email, email_key, password_hash, created_at) values (?, ?, ?, ?, ?, ?)',
        [id, id, id, id, '', 0],
      ] as const
    const insert = (tx: Transaction, id: string) => tx.rows(...insertion(id))
    const stored = async () => {
      const rows = await database.rows<{ id: string }>('select id from agents order by id', [])
      return rows.map((row) => row.id)
    }

    test('gives back what the turn gives, once it is stored', async () => {
      const result = await database.transaction(async (tx) => {
        await insert(tx, 'a')
        return 42
      })
      expect(result).toBe(42)
      expect(await stored()).toEqual(['a'])
    })

    test('undoes all of a turn that throws, and its neighbours commit', async () => {
      const turns = [
        database.transaction((tx) => insert(tx, 'a')),
        database.transaction(async (tx) => {
          await insert(tx, 'b')
          await insert(tx, 'c')
          throw new Error('changed my mind')
        }),
        database.transaction((tx) => insert(tx, 'd')),
      ]
      const outcomes = await Promise.allSettled(turns)
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await stored()).toEqual(['a', 'd'])
    })

    test('undoes a turn that the database refuses, and its neighbours commit', async () => {
      const twice = async (tx: Transaction) => {
        await insert(tx, 'b')
        await insert(tx, 'a')
      }
      await database.transaction((tx) => insert(tx, 'a'))
      const outcomes = await Promise.allSettled([
        database.transaction((tx) => insert(tx, 'c')),
        database.transaction(twice),
        database.transaction((tx) => insert(tx, 'd')),
      ])
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(await stored()).toEqual(['a', 'c', 'd'])
    })

    test('undoes a turn that throws before it awaits anything', async () => {
      const turn = database.transaction(() => {
        throw new Error('at once')
      })
      await expect(turn).rejects.toThrow('at once')
      await database.transaction((tx) => insert(tx, 'a'))
      expect(await stored()).toEqual(['a'])
    })

    test('[DL2] tells nobody that his write is stored when the commit fails, and goes on', async () => {
      const effects: string[] = []
      const turn = (id: string, spoil: boolean) =>
        database.transaction(async (tx) => {
          await insert(tx, id)
          tx.onCommit(() => effects.push(id))
          if (spoil) await opened.spoilCommit(tx)
        })
      const outcomes = await Promise.allSettled([turn('a', false), turn('b', true), turn('c', false)])
      expect(outcomes[1]?.status).toBe('rejected')
      // Who shares a commit shares its fate; a database may also give each turn a commit of its own.
      const promised = ['a', 'b', 'c'].filter((_id, index) => outcomes[index]?.status === 'fulfilled')
      expect(await stored()).toEqual(promised)
      // Of commits of their own, nobody says which is first.
      expect(effects.toSorted()).toEqual(promised)
      await database.transaction((tx) => insert(tx, 'd'))
      expect(await stored()).toEqual([...promised, 'd'])
    })

    test('runs what waits for the commit after it, in order, before the callers go on', async () => {
      const order: string[] = []
      const seen: Promise<string[]>[] = []
      const turn = async (id: string) => {
        await database.transaction(async (tx) => {
          tx.onCommit(() => order.push(`${id}1`))
          await insert(tx, id)
          order.push(`in ${id}`)
          tx.onCommit(() => {
            order.push(`${id}2`)
            seen.push(stored())
          })
        })
        order.push(`after ${id}`)
      }
      await Promise.all([turn('a'), turn('b')])
      const effects = order.filter((step) => /^[ab][12]$/.test(step))
      expect([
        ['a1', 'a2', 'b1', 'b2'],
        ['b1', 'b2', 'a1', 'a2'],
      ]).toContainEqual(effects)
      for (const id of ['a', 'b']) {
        const places = [`in ${id}`, `${id}1`, `${id}2`, `after ${id}`].map((step) => order.indexOf(step))
        expect(places).toEqual(places.toSorted((one, other) => one - other))
      }
      const [first, second] = await Promise.all(seen)
      expect(first).toContain(effects[0]?.charAt(0))
      expect(second).toEqual(['a', 'b'])
    })

    test('runs nothing for a turn that is rolled back', async () => {
      let ran = false
      const turn = database.transaction(async (tx) => {
        tx.onCommit(() => {
          ran = true
        })
        throw new Error('no')
      })
      await expect(turn).rejects.toThrow('no')
      await database.transaction((tx) => insert(tx, 'a'))
      expect(ran).toBe(false)
    })

    test('lets nobody pay for an effect that throws: all is stored, and the door goes on', async () => {
      const ran: string[] = []
      const turn = (id: string) =>
        database.transaction(async (tx) => {
          await insert(tx, id)
          tx.onCommit(() => {
            ran.push(id)
            if (id === 'a') throw new Error('the listener of somebody else is broken')
          })
        })
      const warned = new Promise((resolve) => process.once('warning', resolve))
      const outcomes = await Promise.allSettled([turn('a'), turn('b')])
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled'])
      expect(ran.sort()).toEqual(['a', 'b'])
      expect(String(await warned)).toContain('the listener of somebody else is broken')
      await turn('c')
      expect(await stored()).toEqual(['a', 'b', 'c'])
    })

    test('stores what a turn has only sent, before the turn is through', async () => {
      await database.transaction(async (tx) => {
        tx.send(...insertion('a'))
        tx.send(...insertion('b'))
      })
      expect(await stored()).toEqual(['a', 'b'])
    })

    test('undoes all of a turn of which something sent fails, runs no effect, and its neighbours commit', async () => {
      let ran = false
      const outcomes = await Promise.allSettled([
        database.transaction((tx) => insert(tx, 'a')),
        database.transaction(async (tx) => {
          tx.send(...insertion('b'))
          tx.send(...insertion('b'))
          tx.send(...insertion('c'))
          tx.onCommit(() => {
            ran = true
          })
        }),
        database.transaction((tx) => insert(tx, 'd')),
      ])
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect(ran).toBe(false)
      expect(await stored()).toEqual(['a', 'd'])
    })

    test('reads in a turn what was sent before, and nothing outlives a turn that throws after sending', async () => {
      const turn = database.transaction(async (tx) => {
        tx.send(...insertion('a'))
        const seen = await tx.rows<{ id: string }>('select id from agents', [])
        throw new Error(seen.map(({ id }) => id).join())
      })
      await expect(turn).rejects.toThrow('a')
      await database.transaction((tx) => insert(tx, 'b'))
      expect(await stored()).toEqual(['b'])
    })

    test('refuses every use of a turn that is over', async () => {
      let kept: Transaction | undefined
      await database.transaction(async (tx) => {
        kept = tx
        await insert(tx, 'a')
      })
      await expect(async () => kept?.rows('select 1', [])).rejects.toThrow('over')
      expect(() => kept?.query).toThrow('over')
      expect(() => kept?.send('select 1', [])).toThrow('over')
      expect(() => kept?.onCommit(() => {})).toThrow('over')
    })

    test('refuses a query that was kept from a turn that is over', async () => {
      const query = await database.transaction(async (tx) => tx.query)
      await expect(query.deleteFrom('agents').execute()).rejects.toThrow('over')
    })

    test('refuses a query that the turn did not wait for', async () => {
      let stray: Promise<unknown> = Promise.resolve()
      await database.transaction(async (tx) => {
        stray = tx.query.deleteFrom('agents').execute()
        stray.catch(() => {})
      })
      await expect(stray).rejects.toThrow('over')
    })

    test('shows readers only what is committed', async () => {
      const seen = await database.transaction(async (tx) => {
        await insert(tx, 'a')
        return { outside: await stored(), inside: await tx.rows<{ id: string }>('select id from agents', []) }
      })
      expect(seen).toEqual({ outside: [], inside: [{ id: 'a' }] })
      expect(await stored()).toEqual(['a'])
    })

    test('lets no turn slip into another that is then undone', async () => {
      const inside = Promise.withResolvers<void>()
      const failing = database.transaction(async (tx) => {
        await insert(tx, 'a')
        inside.resolve()
        for (let index = 0; index < 20; index++) await tx.rows('select id from agents', [])
        throw new Error('no')
      })
      await inside.promise
      const slipping = database.transaction((tx) => insert(tx, 'b'))
      await expect(failing).rejects.toThrow('no')
      await slipping
      expect(await stored()).toEqual(['b'])
    })

    test('takes turns that are entered while others run, from inside and from effects', async () => {
      const inner: Promise<unknown>[] = []
      await database.transaction(async (tx) => {
        await insert(tx, 'a')
        inner.push(database.transaction((later) => insert(later, 'b')))
        tx.onCommit(() => inner.push(database.transaction((later) => insert(later, 'c'))))
      })
      await Promise.all(inner)
      expect(await stored()).toEqual(['a', 'b', 'c'])
    })

    test('[DL8] finishes what was accepted before it closes, and takes nothing after', async () => {
      const accepted = Array.from({ length: 20 }, (_, index) =>
        database.transaction((tx) => insert(tx, `n${String(index).padStart(2, '0')}`)),
      )
      const closing = database.close()
      await expect(database.transaction((tx) => insert(tx, 'late'))).rejects.toThrow('closed')
      await Promise.all(accepted)
      await closing
      const again = await opened.again()
      expect(await again.rows('select id from agents', [])).toHaveLength(20)
      await again.close()
    })
  })
}
