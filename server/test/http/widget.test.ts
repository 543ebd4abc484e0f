import { beforeAll, expect, test } from 'vitest'
import { Shop, Signet } from '../signet.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start()
  shop = await Shop.open(signet)
  return () => signet.stop()
})

const project = () => ({ params: { project: shop.id } })
const set = (body: object) => shop.owner.caller.refusal('PATCH /projects/:project', { ...project(), body })
const read = () => signet.anybody.call('GET /projects/:project/widget', project())

test('a page learns when somebody answers, how soon, and for whom he may ask', async () => {
  expect(await read()).toMatchObject({
    hours: { open: true, opensAt: null, message: null },
    departments: [],
    replySeconds: null,
  })
  const body = { name: 'Orders', legacyId: '5e3', agentIds: [shop.owner.id] }
  const { id } = await shop.owner.caller.call('POST /projects/:project/departments', { ...project(), body })
  const openingHours = { timeZone: 'Europe/Rome', intervals: [], awayMessage: 'Back in spring.' }
  expect(await set({ openingHours })).toBe('accepted')
  expect(await read()).toMatchObject({
    hours: { open: false, opensAt: null, message: 'Back in spring.' },
    // Who is in it is nobody's business out there.
    departments: [{ id, name: 'Orders', legacyId: '5e3' }],
  })
  expect(await set({ openingHours: null })).toBe('accepted')
  expect((await read()).hours.open).toBe(true)
})

test('what the widget looks like and asks for is set by owners and admins, and checked', async () => {
  const field = { name: 'orderNumber', type: 'text', label: { en: 'Order', it: 'Ordine' }, regex: '^[0-9]+$' }
  const widget = {
    themeColor: '#1f6f54',
    logoChat: 'https://shop.example/logo.svg',
    launcherShape: 'rounded',
    calloutTimer: 5,
    preChatForm: true,
    preChatFormJson: [field, { type: 'static', value: 'We keep it for a year.' }],
    onPageChangeVisibilityDesktop: 'last',
    nativeRating: false,
    poweredBy: 'Halden Tea',
    displayOnPages: ['/shop/*', 'https://shop.example/contact', '*/help'],
    displayNotOnPages: ['/shop/pay'],
    texts: { write: 'Ask us', because: { signed_out: 'Bye' }, de: { write: 'Fragen', lines: { CHAT_CLOSED: 'Zu' } } },
  }
  expect(await set({ widget })).toBe('accepted')
  expect((await read()).settings).toEqual(widget)
  const refused = (more: object) => set({ widget: { ...widget, ...more } })
  expect(await refused({ preChatFormJson: [field, field] })).toBe('form_invalid widget.preChatFormJson')
  expect(await refused({ preChatFormJson: [{ ...field, regex: '(' }] })).toBe('form_invalid widget.preChatFormJson')
  const many = Object.fromEntries(Array.from('abcdefghijklmnopqrstuvwxyzABCDEFG', (name) => [name, 'x'.repeat(500)]))
  expect(await refused({ texts: many })).toBe('invalid_request widget.texts')
  for (const wrong of [
    { logoChat: 'http://shop.example/logo.svg' },
    { launcherImage: 'javascript:alert(1)' },
    { calloutTimer: -2 },
    { themeColor: 'red' },
    { preChatFormJson: [{ ...field, name: '__proto__ x' }] },
    { poweredBy: 'x'.repeat(401) },
    { displayOnPages: '/shop/*' },
    { displayOnPages: ['shop'] },
    { displayNotOnPages: ['javascript:alert(1)'] },
    { displayNotOnPages: ['/a b'] },
    { displayNotOnPages: Array.from({ length: 51 }, () => '/pay') },
    { texts: { write: '' } },
    { texts: { write: 'x'.repeat(501) } },
    { texts: { write: 1 } },
    { texts: { 'a-b': 'x' } },
    { texts: { de: { files: { add: { more: 'x' } } } } },
    { texts: [] },
    { unknown: 1 },
  ]) {
    expect(await refused(wrong)).toMatch(/^invalid_request/)
  }
  expect((await read()).settings).toEqual(widget)
})

test('a visitor closes his conversation once, rates it, and agents read what he thought', async () => {
  const { session } = await shop.signIn({ external_id: 'ada' })
  const socket = await shop.connect(session)
  const { conversationId } = await socket.write('Hello')
  const params = { conversation: conversationId }
  const visitor = signet.visitor(session)
  const rate = (stars: number, comment?: string) =>
    visitor.refusal('PUT /conversations/:conversation/rating', {
      params,
      body: { stars, ...(comment !== undefined && { comment }) },
    })
  expect(await rate(5)).toBe('not_closed')
  await visitor.call('POST /conversations/:conversation/close', { params })
  const line = await socket.next('message')
  expect(line.message).toMatchObject({
    kind: 'system',
    author: { kind: 'system', id: null },
    attributes: { messagelabel: { key: 'CHAT_CLOSED', parameters: {} } },
  })
  const again = await visitor.call('POST /conversations/:conversation/close', { params })
  expect(again).toMatchObject({ state: 'resolved', lastSeq: 2, rating: null })
  expect(await rate(0)).toBe('invalid_request stars')
  expect(await rate(4, 'half \ud83d')).toBe('text_invalid comment')
  expect(await rate(4, 'Quick.')).toBe('accepted')
  const told = await socket.next('conversation', ({ conversation }) => conversation.rating !== null)
  expect(told.conversation.rating).toMatchObject({ stars: 4, comment: 'Quick.' })
  const exported = await shop.owner.caller.call('GET /conversations/:conversation/export', { params, query: {} })
  expect(exported.conversation.rating).toMatchObject({ stars: 4, comment: 'Quick.' })
  await shop.owner.caller.call('PATCH /conversations/:conversation', { params, body: { state: 'open' } })
  expect(await rate(1)).toBe('not_closed')
})
