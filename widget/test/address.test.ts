import { atom } from 'nanostores'
import { afterEach, expect, test, vi } from 'vitest'
import type { Core } from '../core.ts'
import { followAddress } from '../page-api/address.ts'
import type { Running } from '../run.ts'
import { createSession } from '../session.ts'
import { admission, fakeServer, tokenFor } from './fake-server.ts'
import { fakeBrowser } from './fake-shelf.ts'

const opening = 'POST /projects/:project/visitor-sessions'
const guest = { state: 'guest', owner: 'guest-1', session: 'guest-session', conversations: 1, unread: 0 }

/** A page that somebody has come to by a link. */
function openPage(search: string, kept?: object) {
  vi.stubGlobal('location', { href: `https://shop.example/${search}` })
  vi.stubGlobal('history', { state: null, replaceState: vi.fn() })
  const network = fakeServer()
  network.on(opening, ({ body }) => admission(subjectOf(String(body.token)), { conversations: 0 }))
  network.on('GET /visitor-session', () => ({ conversations: 1, unread: 0 }))
  const shelf = fakeBrowser().tab()
  if (kept) shelf.set('session', kept)
  const report = () => {}
  const guestsWelcome = async () => true
  const session = createSession({ shelf, server: network.server, report, guestsWelcome, autoStart: () => true })
  const said: string[] = []
  const opened: string[] = []
  /** Those of whoever is signed in. */
  const list = atom<string[]>([])
  const conversations = { list, find: (id: string) => list.get().find((own) => own === id) }
  const chat = { submit: (text: string) => said.push(text), open: (id: string) => opened.push(id), conversations }
  // Of all that the loader has made, what the address is followed with.
  const core = { session, shelf, panel: async () => ({ chat }) } as unknown as Core
  const running = { core, appearance: { open: () => {} } } as unknown as Running
  return { session, network, said, opened, list, follow: () => followAddress(running), who: () => session.who.get() }
}

const subjectOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).external_id

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

afterEach(() => vi.unstubAllGlobals())

test('a link signs in whoever this browser does not know', async () => {
  const { session, follow, who } = openPage(`?tiledesk_jwt=${tokenFor('zoe')}`)
  follow()
  await session.resume()
  await settle()
  expect(who()).toMatchObject({ state: 'verified', owner: 'id-zoe' })
})

test('[ML4] the link of a mail opens the conversation once its visitor has signed in, and is gone from the address', async () => {
  const { session, opened, list, follow } = openPage('?tiledesk_conversation=c-1', guest)
  follow()
  await session.resume()
  list.set(['c-9'])
  await settle()
  expect(opened).toEqual([])
  await session.signIn(tokenFor('zoe'))
  list.set(['c-9', 'c-1'])
  await settle()
  expect(opened).toEqual(['c-1'])
  list.set(['c-1'])
  await settle()
  expect(opened).toEqual(['c-1'])
  expect(vi.mocked(history.replaceState)).toHaveBeenCalledWith(null, '', new URL('https://shop.example/'))
})

test('a link with somebody’s token does not take what a guest wrote into his account', async () => {
  const { session, network, follow, who } = openPage(`?tiledesk_jwt=${tokenFor('mallory')}`, guest)
  follow()
  await session.resume()
  await settle()
  expect(network.callsOf(opening)).toEqual([])
  expect(who()).toMatchObject({ state: 'guest', session: 'guest-session' })
})

test('a link does not come before whom the page itself means, however late its token is', async () => {
  const { session, network, follow, who } = openPage(`?tiledesk_jwt=${tokenFor('mallory')}`)
  const page = Promise.withResolvers<string>()
  const signingIn = session.signIn(() => page.promise)
  follow()
  await settle()
  page.resolve(tokenFor('ada'))
  await signingIn
  await settle()
  expect(network.callsOf(opening).map(({ body }) => body.token)).toEqual([tokenFor('ada')])
  expect(who()).toMatchObject({ state: 'verified', owner: 'id-ada' })
})

test('a link says nothing in the name of somebody for whom the site vouches', async () => {
  const { session, said, follow } = openPage('?tiledesk_hiddenMessage=Change%20my%20address')
  await session.signIn(tokenFor('ada'))
  follow()
  await settle()
  expect(said).toEqual([])
})

test('a link says for a guest, or for whom it brought itself, what it is to say', async () => {
  const strange = openPage('?tiledesk_hiddenMessage=Hello')
  strange.follow()
  await strange.session.resume()
  await settle()
  expect(strange.said).toEqual(['Hello'])
  const brought = openPage(`?tiledesk_jwt=${tokenFor('zoe')}&tiledesk_hiddenMessage=Hello`)
  brought.follow()
  await brought.session.resume()
  await settle()
  expect(brought.said).toEqual(['Hello'])
  expect(brought.who()).toMatchObject({ owner: 'id-zoe' })
})
