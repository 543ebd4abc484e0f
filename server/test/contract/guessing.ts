import { beforeEach, describe, expect, test } from 'vitest'
import { MasterKey } from '../../keys/master-key.ts'
import { beginLogIn, pruneLogInAttempts } from '../../model/agent/log-in-attempts.ts'
import { day, hour, minute } from '../clock.ts'
import { codeOf, type OpenDatabase, type Opened, upTo, World } from './world.ts'

const masterKey = new MasterKey([new Uint8Array(32)])

/** Wrong passwords are counted for all nodes, and a restart forgets none (HT2). */
export function guessingContract(open: OpenDatabase): void {
  describe('who guesses passwords', () => {
    let opened: Opened
    let world: World

    beforeEach(async () => {
      opened = await open()
      world = await World.make(opened.database)
      return () => opened.close()
    })

    const begin = (account: string, address: string, { database } = world) =>
      beginLogIn({ database, masterKey, now: world.now }, account, address)
    const guess = (account: string, address: string, node = world) => codeOf(begin(account, address, node))
    const logIn = async (account: string, address: string) => (await begin(account, address))()
    const each = async (count: number, act: (index: number) => Promise<unknown>) => {
      for (const index of upTo(count)) await act(index)
    }

    test('[HT2] has five tries from an address on all nodes together, at the same moment too, and after a restart', async () => {
      const another = { ...world, database: await opened.again() } as World
      const outcomes = await Promise.all(upTo(20).map((index) => guess('ada', 'here', index % 2 ? world : another)))
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(5)
      expect(outcomes.filter((outcome) => outcome === 'rate_limited')).toHaveLength(15)
      await another.database.close()
      const restarted = { ...world, database: await opened.again() } as World
      expect(await guess('ada', 'here', restarted)).toBe('rate_limited')
      expect(await guess('ada', 'elsewhere', restarted)).toBe('done')
      await restarted.database.close()
      world.clock.advance(1_000)
      expect([await guess('ada', 'here'), await guess('ada', 'here')]).toEqual(['done', 'rate_limited'])
    })

    test('[HT2] clears by a right password nothing of what was guessed at other accounts', async () => {
      await each(100, async (index) => {
        await begin(`account ${index}`, 'here')
        if (index < 20) await logIn('own', 'here')
      })
      expect(await guess('another', 'here')).toBe('rate_limited')
      expect(await guess('own', 'here')).toBe('rate_limited')
      world.clock.advance(minute)
      expect(await guess('another', 'here')).toBe('done')
    })

    test('[HT2] from a thousand addresses keeps nobody out who has signed in from his', async () => {
      await logIn('ada', 'home')
      await each(100, (index) => begin('ada', `bot ${index}`))
      expect(await guess('ada', 'bot 101')).toBe('rate_limited')
      await logIn('ada', 'home')
      // What was refused for the account's sake was no guess of that address.
      await each(110, () => guess('ada', 'bot 101'))
      expect(await guess('eve', 'bot 101')).toBe('done')
    })

    test('[HT2] a whole office may come in the morning', async () => {
      await each(120, (index) => logIn(`agent ${index}`, 'office'))
    })

    test('[HT2] is kept as marks, until it counts for nothing', async () => {
      await logIn('ada', 'home')
      await begin('ada', 'here')
      const kept = () => world.database.rows<{ name: string }>('select name from log_in_attempts', [])
      expect((await kept()).map(({ name }) => name)).toEqual(Array(5).fill(expect.stringMatching(/^[\w-]{43}$/)))
      world.clock.advance(2 * hour)
      expect(await pruneLogInAttempts(world, 3)).toBe(true)
      expect(await pruneLogInAttempts(world, 3)).toBe(false)
      expect(await kept()).toHaveLength(1)
      world.clock.advance(90 * day)
      await pruneLogInAttempts(world, 3)
      expect(await kept()).toEqual([])
    })
  })
}
