import { beforeEach, describe, expect, test, vi } from 'vitest'
import { TokenRefused } from '../../../identity/errors.ts'
import type { Project } from '../../../protocol/records.ts'
import { KeyStore } from '../../keys/key-store.ts'
import { MasterKey } from '../../keys/master-key.ts'
import type { Member } from '../../model/caller.ts'
import { requireProject } from '../../model/project/project.ts'
import { SignInLog } from '../../model/sign-in/log.ts'
import { pruneRefusals, readRefusals } from '../../model/sign-in/refusal.ts'
import { day } from '../clock.ts'
import { signToken } from '../token.ts'
import { type OpenDatabase, World } from './world.ts'

const junk = 'eyJhbGciOiJIUzI1NiJ9.eyJleHRlcm5hbF9pZCI6InNvbWVib2R5In0.AAAA'

/** The log of refused sign-ins (VS12). */
export function refusedSignInsContract(open: OpenDatabase): void {
  describe('the log of refused sign-ins', () => {
    let world: World
    let log: SignInLog
    let keys: KeyStore
    let project: Project
    let owner: Member

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      project = await requireProject(world, world.projectId)
      owner = { agentId: world.ownerId, projectId: project.id, role: 'owner', departmentIds: [] }
      keys = new KeyStore({
        database: world.database,
        masterKey: new MasterKey([new Uint8Array(32)]),
        fresh: () => true,
      })
      log = newLog()
      return () => opened.close()
    })

    const newLog = () => new SignInLog({ database: world.database, keys, now: world.now })
    const wrong = () => new TokenRefused('signature_invalid', { detail: 'tried 1 keys' })
    const note = (error = wrong(), origin: string | undefined = undefined, of = project, to = log) =>
      to.note(of, error, { token: junk, origin })
    const read = async (limit = 200, page?: string) => readRefusals(world, owner, { limit, page })
    const stored = () => world.database.rows<Record<string, unknown>>('select * from sign_in_refusals', [])

    test('[VS12] has time, code, field, hint, key and origin of each, and nothing of the token', async () => {
      const keyId = '0199a8c0-0000-7000-8000-000000000001'
      note(new TokenRefused('claim_missing', { field: 'exp', keyId }), 'https://shop.example')
      await log.writeAll()
      expect((await read()).refusals).toEqual([
        {
          id: expect.any(String),
          at: world.clock.ms,
          code: 'claim_missing',
          field: 'exp',
          hint: 'Add exp: the time of signing and 300 more, in seconds.',
          keyId,
          origin: 'https://shop.example',
        },
      ])
      const rows = JSON.stringify(await stored())
      for (const part of [...junk.split('.').slice(0, 2), 'somebody']) expect(rows).not.toContain(part)
    })

    test('[VS12] keeps an origin of at most 255 characters, without what cannot be stored', async () => {
      note(wrong(), `https://${'x'.repeat(400)}`)
      note(wrong(), 'a\u0000b\nc\ud800')
      await log.writeAll()
      const origins = (await read()).refusals.map(({ origin }) => origin)
      expect(origins.map((origin) => origin?.length).sort()).toEqual([255, 4])
      expect(origins).toContain('abc\ufffd')
    })

    test('[VS12] keeps the newest 1,000 of a project, and of each project by itself', async () => {
      const other = await requireProject(world, await world.project())
      note(wrong(), 'https://first', other)
      for (let second = 0; second < 55; second++) {
        for (let count = 0; count < 20; count++) note(wrong(), `https://${second}`)
        await log.writeAll()
        world.clock.advance(1_000)
      }
      expect(await stored()).toHaveLength(1_001)
      const origins = new Set((await stored()).map(({ origin }) => origin))
      expect(origins).toContain('https://54')
      expect(origins).toContain('https://5')
      expect(origins).not.toContain('https://4')
      expect(origins).toContain('https://first')
    })

    test('[VS12] two nodes that write at once keep the newest 1,000 between them', async () => {
      const nodes = [newLog(), newLog(), newLog()]
      for (let turn = 0; turn < 20; turn++) {
        for (const node of nodes) for (let count = 0; count < 20; count++) note(wrong(), undefined, project, node)
        await Promise.all(nodes.map((node) => node.writeAll()))
      }
      note()
      await log.writeAll()
      expect(await stored()).toHaveLength(1_000)
    })

    test('[VS12] shows the last 30 days, and forgets the rest', async () => {
      note()
      await log.writeAll()
      world.clock.advance(30 * day - 1)
      expect((await read()).refusals).toHaveLength(1)
      expect(await pruneRefusals(world, 10)).toBe(false)
      world.clock.advance(1)
      expect((await read()).refusals).toEqual([])
      expect(await stored()).toHaveLength(1)
      expect(await pruneRefusals(world, 1)).toBe(true)
      expect(await stored()).toEqual([])
    })

    test('[VS12] comes in pages, the latest first, each refusal once', async () => {
      for (let second = 0; second < 3; second++) {
        for (let count = 0; count < 5; count++) note()
        world.clock.advance(1_000)
      }
      await log.writeAll()
      const seen: string[] = []
      const times: number[] = []
      for (let page: string | null | undefined; page !== null; ) {
        const got = await read(4, page)
        seen.push(...got.refusals.map(({ id }) => id))
        times.push(...got.refusals.map(({ at }) => at))
        page = got.nextPage
      }
      expect([seen.length, new Set(seen).size]).toEqual([15, 15])
      expect(times).toEqual([...times].sort((one, other) => other - one))
    })

    test('[VS12] a flood costs 20 rows a second of the project, and one transaction', async () => {
      const turns = vi.spyOn(world.database, 'transaction')
      for (let count = 0; count < 10_000; count++) note()
      await log.writeAll()
      expect(await stored()).toHaveLength(20)
      expect(turns).toHaveBeenCalledTimes(1)
    })

    test('[VS12] and of all projects together, 2,000', async () => {
      const projects: Project[] = []
      for (let count = 0; count < 101; count++) projects.push(await requireProject(world, await world.project()))
      for (const each of projects) for (let count = 0; count < 25; count++) note(wrong(), undefined, each)
      await log.writeAll()
      expect(await stored()).toHaveLength(2_000)
    })

    test('[VS12][VT18] a project’s tokens are looked into once a second, however many come', async () => {
      const lookedInto = vi.spyOn(keys, 'secrets')
      const diagnoses = () => lookedInto.mock.calls.filter(([projects]) => projects.includes(project.id)).length
      for (let count = 0; count < 50; count++) note()
      await log.writeAll()
      expect(diagnoses()).toBe(1)
      world.clock.advance(999)
      note()
      await log.writeAll()
      expect(diagnoses()).toBe(1)
      world.clock.advance(1)
      note()
      await log.writeAll()
      expect(diagnoses()).toBe(2)
      // A clock that is set back stops nothing.
      world.clock.advance(-day)
      note()
      await log.writeAll()
      expect(diagnoses()).toBe(3)
    })

    test('[VS12] is written with what was found out, though that took a while', async () => {
      vi.spyOn(keys, 'secrets').mockImplementation(() => new Promise((resolve) => setTimeout(resolve, 30, [])))
      log.note(project, wrong(), { token: signToken('', world.clock), origin: undefined })
      await log.writeAll()
      expect((await read()).refusals[0]?.hint).toContain('signs with an empty secret')
    })

    test('[VS12] of other projects, not even their owner’s, nothing is looked at', async () => {
      const lookedInto = vi.spyOn(keys, 'secrets')
      await world.project()
      note()
      await log.writeAll()
      expect(lookedInto.mock.calls.flatMap(([projects]) => projects)).toEqual([project.id])
    })

    test('[VS12] what cannot be written is given up, and what comes after is written', async () => {
      const { transaction } = world.database
      world.database.transaction = () => Promise.reject(new Error('away'))
      note()
      await log.writeAll()
      world.database.transaction = transaction
      note()
      await log.writeAll()
      expect(await stored()).toHaveLength(1)
    })

    test('[VS12] while the database does not answer, no more than the limits waits', async () => {
      const { transaction } = world.database
      let answer = () => {}
      const silence = new Promise<void>((resolve) => {
        answer = resolve
      })
      const writes = vi.fn(async (...turn: Parameters<typeof transaction>) => {
        await silence
        return transaction(...turn)
      })
      world.database.transaction = writes as typeof transaction
      note()
      const writing = [log.writeAll(), log.writeAll(), log.writeAll()]
      await expect.poll(() => writes).toHaveBeenCalled()
      for (let count = 0; count < 100; count++) note()
      answer()
      await Promise.all(writing)
      await log.writeAll()
      expect(await stored()).toHaveLength(21)
    })
  })
}
