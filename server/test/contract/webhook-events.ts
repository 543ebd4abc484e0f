import { beforeEach, describe, expect, test } from 'vitest'
import type { Database, Transaction } from '../../db/database.ts'
import { KeyStore } from '../../keys/key-store.ts'
import { Allowance } from '../../model/allowance.ts'
import { changeConversation } from '../../model/conversation/conversation.ts'
import { Appender } from '../../model/message/append.ts'
import { generateSecret, revokeSecret } from '../../model/signing-key/shared-secret.ts'
import { changeWebhook, removeWebhook } from '../../model/webhook/webhook.ts'
import { sawDelivery } from '../seen.ts'
import { allEvents, Hooked } from './webhook-world.ts'
import { codeOf, type OpenDatabase, upTo, World } from './world.ts'

/** What webhooks are told, and that it is written with what it tells of (WH2, WH3). */
export function webhookEventsContract(open: OpenDatabase): void {
  describe('events for webhooks', () => {
    let world: World
    let hooked: Hooked

    beforeEach(async () => {
      const opened = await open()
      world = await World.make(opened.database)
      hooked = new Hooked(world)
      return () => opened.close()
    })

    const told = async () => {
      const rows = await hooked.rows()
      for (const { body } of rows) sawDelivery(body)
      return rows.map(({ body }) => JSON.parse(body))
    }
    const types = async () => (await told()).map(({ type }) => type)
    const agentCaller = (agentId: string) => ({
      kind: 'agent' as const,
      agentId,
      sessionId: '',
      name: '',
      email: '',
      expiresAt: 0,
    })

    test('[WH2] a message and the conversation that it begins are told of, each once a webhook that wants it', async () => {
      const visitor = await world.visitor()
      await world.write(visitor)
      await hooked.add(['message.added'])
      await hooked.add(['message.added', 'conversation.opened'])
      await hooked.add(['key.rotated'])
      const { conversationId } = await world.write(visitor, { text: 'Hello' })
      const [opened, ...messages] = await told()
      expect([opened.type, opened.data.reopened]).toEqual(['conversation.opened', false])
      expect(opened.data.conversation).toMatchObject({ id: conversationId, visitor: { id: visitor.visitorId } })
      expect(messages.map(({ data }) => data.message.text)).toEqual(['Hello', 'Hello'])
    })

    test('[WH3] a message goes with what its author had proved', async () => {
      await hooked.add()
      const verification = { keyId: world.ownerId, issuedAt: 1_000, verifiedAt: 2_000 }
      const stranger = await world.visitor()
      await world.write(stranger)
      await world.write({ ...stranger, name: 'Grace', verification })
      const [anonymous, verified] = await told()
      expect([anonymous.data.projectId, anonymous.data.message.verification]).toEqual([world.projectId, null])
      expect(verified.data.message).toMatchObject({ author: { name: 'Grace' }, verification })
      expect(verified.timestamp).toBe(new Date(world.now()).toISOString())
    })

    test('[WH2] of a batch each message is told, also of several projects', async () => {
      await hooked.add()
      const another = await world.visitor(await world.project())
      const visitor = await world.visitor()
      const { conversationId } = await world.write(visitor)
      const texts = upTo(30).map(String)
      await Promise.all([...texts.map((text) => world.write(visitor, { text, conversationId })), world.write(another)])
      expect(hooked.texts(await hooked.rows())).toEqual(['Hello', ...texts])
    })

    test('[WH2] what is rolled back is told to nobody', async () => {
      await hooked.add(allEvents)
      expect(await codeOf(world.write(await world.visitor(), { conversationId: world.ownerId }))).toContain('not_found')
      expect(await told()).toEqual([])
    })

    test('[WH3] assigned, resolved and opened again, with its visitor and what is known of him', async () => {
      const visitor = await world.visitor()
      const { conversationId } = await world.write(visitor)
      const member = await world.member('owner')
      await hooked.add(['conversation.opened', 'conversation.assigned', 'conversation.resolved', 'message.added'])
      const change = (changes: object) =>
        changeConversation(world, agentCaller(member.agentId), conversationId, changes)
      await change({ assigneeId: member.agentId })
      await change({ tags: ['late'] })
      await change({ state: 'resolved' })
      await change({ assigneeId: null })
      await world.write(visitor, { conversationId })
      const all = await told()
      expect(all.map(({ type, data }) => [type, data.conversation.assignee?.id ?? null, data.reopened])).toEqual([
        ['conversation.assigned', member.agentId, undefined],
        ['conversation.resolved', member.agentId, undefined],
        ['conversation.assigned', null, undefined],
        ['conversation.opened', null, true],
        ['message.added', null, undefined],
      ])
      expect(all[0].data.conversation.visitor).toMatchObject({ identity: 'anonymous', verification: null })
    })

    test('[WH3] a key that comes or goes is told of, without the key', async () => {
      await hooked.add(['key.rotated'])
      const keys = new KeyStore({ database: world.database, masterKey: hooked.masterKey, fresh: () => true })
      const acting = { ...hooked.acting, keys }
      const first = await generateSecret(acting, hooked.owner, {}, '127.0.0.1')
      const second = await generateSecret(acting, hooked.owner, { previous: 'retire' }, '127.0.0.1')
      await revokeSecret(acting, hooked.owner, second.id, '127.0.0.1')
      const all = await told()
      // In any order: all of it happens in one millisecond of this clock.
      expect(all.map(({ data }) => `${data.key.id} ${data.action}`).sort()).toEqual(
        [`${first.id} generated`, `${first.id} retired`, `${second.id} generated`, `${second.id} revoked`].sort(),
      )
      expect(JSON.stringify(all)).not.toContain(first.secret.slice(4))
    })

    test('[WH1] while a webhook is off, or after it is gone, nothing is written for it', async () => {
      const { id } = await hooked.add()
      const visitor = await world.visitor()
      const switchTo = (enabled: boolean) => changeWebhook(world, hooked.owner, id, { enabled }, '127.0.0.1')
      await switchTo(false)
      await world.write(visitor)
      expect(await types()).toEqual([])
      await switchTo(true)
      await world.write(visitor)
      expect(await types()).toEqual(['message.added'])
      await removeWebhook(world, hooked.owner, id, '127.0.0.1')
      await world.write(visitor)
      expect(await types()).toEqual([])
    })

    test('[WH1] a project without webhooks pays for them with no statement', async () => {
      const statements: string[] = []
      const database: Database = {
        ...world.database,
        transaction: (turn) => world.database.transaction((tx) => turn(listening(tx, statements))),
      }
      const appender = new Appender({ ...hooked.acting, metrics: world.metrics, database }, generous())
      const writer = { kind: 'visitor' as const, caller: await world.visitor() }
      const write = () => appender.append(writer, { clientId: crypto.randomUUID(), text: 'Hello' })
      const forWebhooks = () => statements.filter((sql) => /webhooks|outbox/.test(sql)).length
      await write()
      expect([statements.length > 0, forWebhooks()]).toEqual([true, 0])
      await hooked.add()
      await write()
      expect(forWebhooks()).toBe(2)
    })
  })
}

const generous = () => new Allowance({ perMinute: 60_000, burst: 1_000, now: () => 0 })

function listening(tx: Transaction, statements: string[]): Transaction {
  const rows: Transaction['rows'] = (sql, parameters) => {
    statements.push(sql)
    return tx.rows(sql, parameters)
  }
  return { ...tx, rows }
}
