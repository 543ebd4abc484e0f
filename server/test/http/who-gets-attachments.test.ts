import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../model/id.ts'
import type { Caller } from '../caller.ts'
import { Shop, Signet } from '../signet.ts'
import { fetched, filesOnDisk, newVisitor } from '../uploads.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
})
afterAll(() => signet.stop())

describe('who gets it', () => {
  test('[AT6] nobody else learns that it is there, and what is not sent is taken back by who uploaded it', async () => {
    const [caller, other] = [await newVisitor(shop), await newVisitor(shop)]
    const { id: attachment } = await caller.upload(shop.id)
    const elsewhere = await Shop.open(signet)
    const stranger = signet.visitor((await elsewhere.signIn({ external_id: '1' })).session)
    for (const somebody of [other, stranger, shop.owner.caller, elsewhere.owner.caller]) {
      const refused = await somebody.refusal('POST /attachments/:attachment/link', { params: { attachment } })
      expect(refused).toBe('not_found attachment')
    }
    const cancel = (by: Caller, project = shop.id) =>
      by.refusal('DELETE /projects/:project/attachments/:attachment', { params: { project, attachment } })
    expect(await cancel(other)).toBe('not_found attachment')
    expect(await cancel(stranger, elsewhere.id)).toBe('not_found attachment')
    expect(await cancel(caller, elsewhere.id)).toBe('not_found project')
    const before = filesOnDisk(signet).length
    expect(await cancel(caller)).toBe('accepted')
    expect(await cancel(caller)).toBe('not_found attachment')
    expect(filesOnDisk(signet)).toHaveLength(before - 1)
  })

  test('[AT6] an address is good for five minutes, for a session that is open, and cannot be made up', async () => {
    const caller = await newVisitor(shop)
    const { id } = await caller.upload(shop.id)
    const { link } = await fetched(signet, caller, id)
    const refusal = (url: string) => {
      const token = url.split('/').at(-1) ?? ''
      return signet.anybody.refusal('GET /files/:token', { params: { token } })
    }
    expect(await refusal(link.url)).toBe('accepted')
    const changed = link.url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    for (const url of [changed, `${link.url}A`, `${link.url}=`, 'x', 'x'.repeat(98)]) {
      expect(await refusal(url)).toBe('not_found token')
    }
    signet.clock.advance(299_000)
    const late = await fetched(signet, caller, id)
    expect(await refusal(link.url)).toBe('accepted')
    signet.clock.advance(2_000)
    expect(await refusal(link.url)).toBe('link_expired')
    expect(await refusal(late.link.url)).toBe('accepted')
    await caller.call('DELETE /visitor-session', {})
    expect(await refusal(late.link.url)).toBe('link_expired')
  })

  test('[AT6] an address on the net fetches a thousand at once, and then waits', async () => {
    const own = await Signet.start()
    const get = () => own.anybody.refusal('GET /files/:token', { params: { token: 'x' } })
    for (let round = 0; round < 10; round++) {
      const codes = await Promise.all(Array.from({ length: 100 }, get))
      expect(new Set(codes)).toEqual(new Set(['not_found token']))
    }
    expect(await get()).toBe('rate_limited')
    const { headers } = await own.anybody.send('GET', '/api/v1/files/x')
    expect(headers.get('retry-after')).toBe('1')
    own.clock.advance(100)
    expect(await get()).toBe('not_found token')
    await own.stop()
  }, 30_000)

  test('[AT6] what is sent is seen by whoever sees its message: a note by no visitor, and by nobody who has gone', async () => {
    const caller = await newVisitor(shop)
    const agent = await shop.member('agent')
    const socket = await shop.connect(caller.session)
    const sent = await caller.upload(shop.id, 'for everybody', 'a.txt')
    const { conversationId, attachments } = await socket.writeWith([sent.id])
    expect(attachments).toEqual([sent])
    const note = await agent.caller.upload(shop.id, 'for agents', 'b.txt')
    const params = { conversation: conversationId }
    const body = { clientId: newId(), text: '', kind: 'note' as const, attachmentIds: [note.id] }
    const { attachments: noted } = await agent.caller.call('POST /conversations/:conversation/messages', {
      params,
      body,
    })
    expect(noted).toEqual([note])
    const read = await caller.call('GET /conversations/:conversation/messages', { params, query: {} })
    expect(read.messages.map((message) => message.attachments)).toEqual([[sent]])
    const link = (by: Caller, attachment: string) =>
      by.refusal('POST /attachments/:attachment/link', { params: { attachment } })
    expect(await link(caller, note.id)).toBe('not_found attachment')
    expect(await link(caller, sent.id)).toBe('accepted')
    expect(await link(await newVisitor(shop), sent.id)).toBe('not_found attachment')
    expect([await link(agent.caller, note.id), await link(shop.owner.caller, sent.id)]).toEqual([
      'accepted',
      'accepted',
    ])
    const cancel = { params: { project: shop.id, attachment: sent.id } }
    const cancelled = await caller.refusal('DELETE /projects/:project/attachments/:attachment', cancel)
    expect(cancelled).toBe('not_found attachment')
    const { link: held } = await fetched(signet, agent.caller, note.id)
    const assigned = { params, body: { assigneeId: shop.owner.id } }
    await shop.owner.caller.call('PATCH /conversations/:conversation', assigned)
    expect((await fetch(signet.url + held.url)).status).toBe(404)
    expect(await link(agent.caller, sent.id)).toBe('not_found attachment')
    await socket.leave()
  })

  test('[AT7] a message is refused for its files by code, and its socket stays open', async () => {
    const caller = await newVisitor(shop)
    const socket = await shop.connect(caller.session)
    const { conversationId } = await socket.write('Hello')
    const refused = async (attachmentIds: string[]) => {
      const clientId = newId()
      socket.say({ type: 'send', clientId, conversationId, text: 'Look', attachmentIds })
      return (await socket.next('error', (frame) => frame.clientId === clientId)).code
    }
    expect(await refused([newId()])).toBe('attachment_not_found')
    const many = Array.from({ length: 11 }, newId)
    expect(await refused(many)).toBe('too_many_attachments')
    const over = (attachmentIds: string[]) =>
      caller.refusal('POST /conversations/:conversation/messages', {
        params: { conversation: conversationId },
        body: { clientId: newId(), text: 'Look', attachmentIds },
      })
    expect(await over([newId()])).toBe('attachment_not_found attachmentIds')
    expect(await over(many)).toBe('too_many_attachments attachmentIds')
    await socket.leave()
  })
})
