import { beforeEach, describe, expect, test } from 'vitest'
import type { Member } from '../../model/caller.ts'
import { exportVisitor } from '../../model/privacy/visitor-export.ts'
import { openSessions } from '../../model/visitor/open-session.ts'
import { parsed } from '../reads-here.ts'
import { codeOf, type OpenDatabase, upTo, World } from './world.ts'

export function exportingContract(open: OpenDatabase): void {
  describe('what is given out of a person', () => {
    let world: World
    let owner: Member

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      owner = { agentId: world.ownerId, projectId: world.projectId, role: 'owner', departmentIds: [] }
      return () => opened.close()
    })

    test('[HT6] is everything, in pages without a gap, and nothing that opens a session', async () => {
      const { projectId, now } = world
      const { visitorId, ...caller } = await world.visitor()
      const verification = { keyId: 'a-key', issuedAt: 1, verifiedAt: 2 }
      const writer = { ...caller, visitorId, verification }
      const session = { projectId, visitorId, verification, expiresAt: now() + 1 }
      const [opened] = await world.database.transaction((tx) => openSessions(tx, now(), [session]))
      const texts: string[] = []
      for (const first of ['a', 'b', 'c']) {
        const { conversationId } = await world.write(writer, { text: first })
        const more = upTo(1_000).map((index) => `${first}${index}`)
        await Promise.all(more.map((text) => world.write(writer, { conversationId, text })))
        texts.push(first, ...more)
      }
      const read: string[] = []
      let page: string | null | undefined
      let pages = 0
      while (page !== null) {
        const part = parsed(await exportVisitor(world, owner, visitorId, page, '127.0.0.1'))
        if (pages === 0) expect(part.person?.sessions).toMatchObject([{ id: opened?.id, keyId: 'a-key' }])
        else expect(part.person).toBeNull()
        expect(JSON.stringify(part)).not.toMatch(/hash/i)
        const messages = part.conversations.flatMap((one) => one.messages)
        expect(messages.every((message) => message.verification?.keyId === 'a-key')).toBe(true)
        read.push(...messages.map(({ text }) => text))
        page = part.nextPage
        pages += 1
      }
      expect([pages, read]).toEqual([2, texts])
      const log = await world.database.rows("select id from audit_log where action = 'visitor_exported'", [])
      expect(log).toHaveLength(1)
      expect(await codeOf(exportVisitor(world, owner, visitorId, 'nowhere', ''))).toBe('invalid_request page')
    })
  })
}
