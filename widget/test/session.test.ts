import { expect, test } from 'vitest'
import { fakeClock } from '../../client/test/fake-clock.ts'
import { type Trouble, troubleOf } from '../report.ts'
import { createSession } from '../session.ts'
import type { Who } from '../who.ts'
import { admission, fakeServer, refuse, tokenFor } from './fake-server.ts'
import { fakeBrowser } from './fake-shelf.ts'

const opening = 'POST /projects/:project/visitor-sessions'
const closing = 'DELETE /visitor-session'
const looking = 'GET /visitor-session'

// Of all tabs: no two of them draw the same.
let drawn = 0

function openTab({ browser = fakeBrowser(), network = fakeServer(), autoStart = true, welcome = true } = {}) {
  const clock = fakeClock()
  const troubles: Trouble[] = []
  const session = createSession({
    shelf: browser.tab(),
    server: network.server,
    report: (error) => troubles.push(troubleOf(error)),
    guestsWelcome: async () => welcome,
    autoStart: () => autoStart,
    clock,
    random: () => 0.5 + ++drawn / 1_000_000,
  })
  const seen: string[] = []
  session.who.subscribe((who) => seen.push(nameOf(who)))
  return { browser, network, clock, troubles, session, seen, now: () => nameOf(session.who.get()) }
}

function nameOf(who: Who): string {
  if (who.state === 'verified') return `verified ${who.visitor.externalId}`
  return who.state === 'out' ? `out ${who.reason?.code ?? ''}`.trim() : who.state
}

/** Lets promises that are ready run, without a clock. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

async function signedIn(externalId = 'ada', options: Parameters<typeof openTab>[0] = {}) {
  const tab = openTab(options)
  tab.network.on(opening, () => admission(externalId))
  await tab.session.signIn(tokenFor(externalId))
  return tab
}

test('[WG3] a guest is this browser’s affair: the server hears nothing of him', async () => {
  const { session, network, now } = openTab()
  await session.resume()
  expect(now()).toBe('guest')
  expect(network.calls).toEqual([])
})

test('a guest is the same guest on the next page', async () => {
  const browser = fakeBrowser()
  const first = openTab({ browser })
  await first.session.resume()
  const second = openTab({ browser })
  await second.session.resume()
  expect(second.session.who.get()).toEqual(first.session.who.get())
})

test('[VS10] where only signed visitors are admitted, nobody becomes a guest', async () => {
  const { session, now } = openTab({ welcome: false })
  await session.resume()
  expect(now()).toBe('out')
})

test('[VS10] a guest of an earlier page is none any more where only signed visitors are admitted', async () => {
  const browser = fakeBrowser()
  await openTab({ browser }).session.resume()
  const { session, now } = openTab({ browser, welcome: false })
  await session.resume()
  expect(now()).toBe('out')
})

test('autoStart false waits until the visitor opens the chat', async () => {
  const { session, now } = openTab({ autoStart: false })
  await session.resume()
  expect(now()).toBe('out')
  await session.welcomeGuest()
  expect(now()).toBe('guest')
})

test('[VS1] a token is exchanged once, without its prefixes, and is kept nowhere', async () => {
  const { session, network, browser, now } = openTab()
  network.on(opening, () => admission('ada'))
  await session.signIn(`JWT bearer ${tokenFor('ada')}`)
  expect(network.callsOf(opening).map(({ body }) => body)).toEqual([{ token: tokenFor('ada') }])
  expect(now()).toBe('verified ada')
  expect([...browser.values.values()].join()).not.toContain(tokenFor('ada'))
})

test('a stored login is resumed when the page says nothing', async () => {
  const { browser } = await signedIn()
  const { session, network, now } = openTab({ browser })
  network.on(looking, () => admission('ada'))
  await session.resume()
  expect(now()).toBe('verified ada')
  expect(network.callsOf(looking)[0]?.session).toBe('session-ada')
})

test('[VS8] a stored login that is over makes no guest of anybody', async () => {
  const { browser } = await signedIn()
  const { session, network, now } = openTab({ browser })
  network.on(looking, () => refuse('session_ended'))
  await session.resume()
  expect(now()).toBe('out session_ended')
  const later = openTab({ browser })
  await later.session.resume()
  expect(later.now()).toBe('out session_ended')
})

test('a stored login stands while the server cannot be reached', async () => {
  const { browser } = await signedIn()
  const { session, network, now } = openTab({ browser })
  network.on(looking, () => refuse('offline'))
  await session.resume()
  expect(now()).toBe('verified ada')
})

test('[VS5] a token for somebody else clears the screen before the server is asked', async () => {
  const { session, network, seen, now } = await signedIn('ada')
  let shownWhenAsked = ''
  network.on(opening, () => {
    shownWhenAsked = now()
    return admission('bob')
  })
  await session.signIn(tokenFor('bob'))
  expect(shownWhenAsked).toBe('unknown')
  expect(seen.slice(-3)).toEqual(['verified ada', 'unknown', 'verified bob'])
  expect(network.callsOf(opening).at(-1)?.body).toMatchObject({ previousSession: 'session-ada' })
})

test('[VS5] what a former page kept is not shown to a page that means somebody else', async () => {
  const { browser } = await signedIn('ada')
  const { session, network, seen } = openTab({ browser })
  network.on(opening, () => admission('bob'))
  const signing = session.signIn(tokenFor('bob'))
  await session.resume()
  await signing
  expect(seen).toEqual(['unknown', 'verified bob'])
})

test('[VS5] the server says who it is: a token that lies about its person shows nobody else', async () => {
  const { session, network, seen } = await signedIn('ada')
  network.on(opening, () => admission('bob'))
  await session.signIn(tokenFor('ada'))
  expect(seen.slice(-3)).toEqual(['verified ada', 'unknown', 'verified bob'])
})

test('[VS5] an expired token for the very person who is signed in ends nothing', async () => {
  const { session, network, seen, now, troubles } = await signedIn('ada')
  network.on(opening, () => refuse('token_expired'))
  await expect(session.signIn(tokenFor('ada'))).rejects.toMatchObject({ code: 'token_expired' })
  expect(now()).toBe('verified ada')
  expect(seen).not.toContain('out token_expired')
  expect(troubles).toMatchObject([{ code: 'token_expired' }])
})

test('[VS5] an expired token for the person whom the browser keeps ends nothing either', async () => {
  const { browser } = await signedIn('ada')
  const { session, network, now } = openTab({ browser })
  network.on(opening, () => refuse('token_expired'))
  await session.signIn(tokenFor('ada')).catch(() => {})
  expect(now()).toBe('verified ada')
})

test('[VS8] a refused token for somebody else leaves nobody, neither the one before nor a guest', async () => {
  const { session, network, browser, now } = await signedIn('ada')
  network.on(opening, () => refuse('signature_invalid'))
  await expect(session.signIn(tokenFor('bob'))).rejects.toMatchObject({ code: 'signature_invalid' })
  expect(now()).toBe('out signature_invalid')
  expect(network.callsOf(closing).map((call) => call.session)).toEqual(['session-ada'])
  const next = openTab({ browser })
  await next.session.resume()
  expect(next.now()).toBe('out signature_invalid')
})

test('a refused token costs a guest nothing but this page', async () => {
  const browser = fakeBrowser()
  const { session, network, now } = openTab({ browser })
  await session.resume()
  const fresh = session.who.get()
  if (fresh.state !== 'guest') throw new Error('no guest')
  const guest = { ...fresh, session: 's1', conversations: 1 }
  session.learned(guest)
  network.on(opening, () => refuse('signature_invalid'))
  await session.signIn(tokenFor('bob')).catch(() => {})
  expect(now()).toBe('out signature_invalid')
  expect(network.callsOf(closing)).toEqual([])
  const next = openTab({ browser })
  await next.session.resume()
  expect(next.session.who.get()).toEqual(guest)
})

test('a network that fails is not a refusal: the same token is tried until it is answered', async () => {
  const { session, network, clock, now } = openTab()
  let attempts = 0
  network.on(opening, () => (++attempts < 3 ? refuse('offline') : admission('ada')))
  const signing = session.signIn(tokenFor('ada'))
  for (let round = 0; round < 3; round++) {
    await settle()
    clock.advance(30_000)
  }
  await signing
  expect(now()).toBe('verified ada')
})

test('of two sign-ins the later one counts, and the session of the earlier is given back', async () => {
  const { session, network, now } = openTab()
  const gates: (() => void)[] = []
  network.on(opening, async ({ body }) => {
    await new Promise<void>((resolve) => gates.push(resolve))
    return admission(body.token === tokenFor('ada') ? 'ada' : 'bob')
  })
  const first = session.signIn(tokenFor('ada'))
  await settle()
  const second = session.signIn(tokenFor('bob'))
  await settle()
  for (const open of gates.reverse()) {
    open()
    await settle()
  }
  await Promise.all([first, second])
  expect(now()).toBe('verified bob')
  expect(network.callsOf(closing).map((call) => call.session)).toEqual(['session-ada'])
})

test('[VS8] a function is asked at sign-in and before the session runs out', async () => {
  const { session, network, clock } = openTab()
  let asked = 0
  network.on(opening, () => admission('ada', { expiresAt: clock.now() + 3_600_000 }))
  await session.signIn(() => {
    asked++
    return tokenFor('ada')
  })
  expect(asked).toBe(1)
  clock.advance(2_900_000)
  expect(asked).toBe(1)
  clock.advance(699_000)
  await settle()
  expect(asked).toBe(2)
})

test('[VS8] a function is asked one call at a time', async () => {
  const { session, network } = openTab()
  network.on(opening, () => admission('ada'))
  let asked = 0
  let give = (_: string) => {}
  const source = () => {
    asked++
    return new Promise((resolve) => {
      give = resolve
    })
  }
  const both = [session.signIn(source), session.signIn(source)]
  await settle()
  expect(asked).toBe(1)
  give(tokenFor('ada'))
  await Promise.all(both)
})

test('[VS5] until a function has said whom the page means, nobody is shown', async () => {
  const { session, network, now } = await signedIn('ada')
  network.on(opening, () => admission('ada'))
  const signing = session.signIn(async () => tokenFor('ada'))
  expect(now()).toBe('unknown')
  await signing
  expect(now()).toBe('verified ada')
})

test('[VS8] a function that throws is asked again, later and later, and leaves nobody signed in', async () => {
  const { session, clock, now, troubles } = openTab()
  let asked = 0
  const signing = session.signIn(() => {
    asked++
    throw new Error('the shop is down')
  })
  await expect(signing).rejects.toMatchObject({ code: 'token_unavailable' })
  expect(now()).toBe('out token_unavailable')
  for (let round = 0; round < 10; round++) {
    clock.advance(61_000)
    await settle()
  }
  expect(asked).toBe(7)
  expect(troubles[0]?.message).toContain('the shop is down')
})

test('a function that gives nothing means that nobody is signed in there: a guest', async () => {
  const { session, now } = openTab()
  await session.signIn(() => null)
  await settle()
  expect(now()).toBe('guest')
})

test('[VS8] a function that gives nothing signs a known person out, and makes no guest of him', async () => {
  const { session, network, now } = await signedIn('ada')
  await session.signIn(() => undefined)
  expect(now()).toBe('out signed_out')
  expect(network.callsOf(closing).map((call) => call.session)).toEqual(['session-ada'])
})

test('[SS6] after a revocation the function is asked, and its token signs the person in again', async () => {
  const { session, network, now, seen } = openTab()
  network.on(opening, () => admission('ada'))
  await session.signIn(() => tokenFor('ada'))
  session.ended({ code: 'secret_revoked', message: '' })
  expect(now()).toBe('unknown')
  await settle()
  expect(now()).toBe('verified ada')
  expect(seen).not.toContain('out secret_revoked')
})

test('[SS6] without a function, a revocation shows the signed-out state with its reason', async () => {
  const { session, now } = await signedIn('ada')
  session.ended({ code: 'secret_revoked', message: '' })
  expect(now()).toBe('out secret_revoked')
})

test('a guest whose session is over begins anew under the same name, so that his unsent words stay his', async () => {
  const { session } = openTab()
  await session.resume()
  const guest = session.who.get()
  if (guest.state !== 'guest') throw new Error('no guest')
  session.learned({ ...guest, session: 's1', conversations: 1 })
  session.ended({ code: 'session_expired', message: '' })
  expect(session.who.get()).toEqual({ ...guest, conversations: 0 })
})

test('a guest who is banned is told so', async () => {
  const { session, now } = openTab()
  await session.resume()
  session.ended({ code: 'banned', message: '' })
  expect(now()).toBe('out banned')
})

test('[VS6] signing out ends the session on the server and empties the browser', async () => {
  const { session, network, browser, now } = await signedIn('ada', { autoStart: false })
  browser.values.set('draft_id-ada', 'half a sentence')
  expect(session.signOut()).toMatchObject({ owner: 'id-ada' })
  await settle()
  expect(now()).toBe('out')
  expect([...browser.values]).toEqual([])
  expect(network.callsOf(closing).map((call) => call.session)).toEqual(['session-ada'])
})

test('[VS6] the server hears of a sign-out as soon as it can be reached', async () => {
  const { session, network, clock } = await signedIn('ada')
  network.on(closing, () => refuse('offline'))
  session.signOut()
  await settle()
  network.on(closing, () => null)
  clock.advance(5_000)
  expect(network.callsOf(closing).map((call) => call.session)).toEqual(['session-ada', 'session-ada'])
})

test('[VS6] whoever comes after a sign-out is another guest', async () => {
  const { session, now } = openTab()
  await session.resume()
  const before = session.who.get()
  session.signOut()
  await settle()
  expect(now()).toBe('guest')
  expect(session.who.get()).not.toEqual(before)
})

test('signing out when nobody is signed in does nothing', async () => {
  const { session, network } = openTab({ autoStart: false })
  await session.resume()
  expect(session.signOut()).toBeUndefined()
  expect(network.calls).toEqual([])
})

test('signInAnonymous ends the person before', async () => {
  const { session, network, now, seen } = await signedIn('ada')
  session.signInAsGuest()
  expect(now()).toBe('guest')
  expect(seen.slice(-2)).toEqual(['unknown', 'guest'])
  expect(network.callsOf(closing).map((call) => call.session)).toEqual(['session-ada'])
})

test('[VS5] when another tab signs somebody else in, this one is signed out and does not take him on', async () => {
  const browser = fakeBrowser()
  const mine = await signedIn('ada', { browser })
  await signedIn('bob', { browser })
  expect(mine.now()).toBe('out identity_changed')
  expect(mine.seen).not.toContain('verified bob')
})

test('[VS5] when another tab signs out, this one follows', async () => {
  const browser = fakeBrowser()
  const mine = await signedIn('ada', { browser })
  const other = openTab({ browser, autoStart: false })
  other.network.on(looking, () => admission('ada'))
  await other.session.resume()
  other.session.signOut()
  expect(mine.now()).toBe('out signed_out')
})

test('[VS5] a tab whose visitor was changed asks its own function once, and two tabs do not fight', async () => {
  const browser = fakeBrowser()
  const open = async (name: string) => {
    const tab = openTab({ browser })
    tab.network.on(opening, () => admission(name))
    let asked = 0
    await tab.session.signIn(() => {
      asked++
      return tokenFor(name)
    })
    return { ...tab, asked: () => asked }
  }
  const ada = await open('ada')
  const bob = await open('bob')
  for (let round = 0; round < 5; round++) await settle()
  expect(ada.asked()).toBeLessThanOrEqual(2)
  expect(bob.asked()).toBeLessThanOrEqual(2)
  expect([ada.now(), bob.now()].filter((name) => name.startsWith('verified'))).toHaveLength(1)
})

test('[VS5] a tab whose page meant somebody else does not go back to whom another tab signs in', async () => {
  const browser = fakeBrowser()
  const mine = await signedIn('ada', { browser })
  mine.network.on(opening, () => refuse('signature_invalid'))
  await mine.session.signIn(tokenFor('bob')).catch(() => {})
  await signedIn('ada', { browser })
  expect(mine.now()).toBe('out signature_invalid')
})

test('a tab that was signed out comes back when another tab signs the same person in', async () => {
  const browser = fakeBrowser()
  const mine = await signedIn('ada', { browser })
  mine.session.ended({ code: 'session_expired', message: '' })
  await signedIn('ada', { browser })
  expect(mine.now()).toBe('verified ada')
})

test('a session that another tab opened for the same guest is his here, too', async () => {
  const browser = fakeBrowser()
  const one = openTab({ browser })
  await one.session.resume()
  const other = openTab({ browser })
  await other.session.resume()
  const guest = one.session.who.get()
  if (guest.state !== 'guest') throw new Error('no guest')
  one.session.learned({ ...guest, session: 's1', conversations: 1 })
  expect(other.session.who.get()).toMatchObject({ session: 's1' })
})

test('[VS5] a guest who signs out is gone in the other tabs, too, and there is one guest after him', async () => {
  const browser = fakeBrowser()
  const one = openTab({ browser })
  await one.session.resume()
  const other = openTab({ browser })
  await other.session.resume()
  const before = one.session.who.get()
  one.session.signOut()
  await settle()
  expect(other.now()).toBe('out signed_out')
  const guest = other.session.signInAsGuest()
  expect(guest).not.toEqual(before)
  expect(one.session.who.get()).toEqual(guest)
})

test('[VS5] tabs in which nobody is signed in any more agree on one guest', async () => {
  const browser = fakeBrowser()
  const open = async () => {
    const tab = openTab({ browser })
    tab.network.on(opening, () => admission('ada'))
    let person: string | undefined = 'ada'
    await tab.session.signIn(() => person && tokenFor(person))
    return Object.assign(tab, {
      logOut: () => {
        person = undefined
      },
    })
  }
  const tabs = [await open(), await open()]
  for (const tab of tabs) tab.logOut()
  tabs[0]?.session.signOut()
  for (let round = 0; round < 5; round++) await settle()
  expect(tabs.map((tab) => tab.now())).toEqual(['guest', 'guest'])
  expect(tabs[1]?.session.who.get()).toEqual(tabs[0]?.session.who.get())
})

test('[VS5] a page on which nobody is signed in leaves another tab’s person signed in', async () => {
  const browser = fakeBrowser()
  const mine = openTab({ browser })
  mine.network.on(opening, () => admission('ada'))
  let person: string | undefined = 'ada'
  await mine.session.signIn(() => person && tokenFor(person))
  person = undefined
  const bob = await signedIn('bob', { browser })
  await settle()
  expect(mine.now()).toBe('out identity_changed')
  expect(bob.now()).toBe('verified bob')
  expect(bob.network.callsOf(closing)).toEqual([])
  expect(mine.network.callsOf(closing)).toEqual([])
})

test('[VS7] the question comes with the sign-in and with each page, until it is answered', async () => {
  const { session, network } = openTab()
  network.on(opening, () => admission('ada', { carryOver: { conversations: 1 } }))
  await session.signIn(tokenFor('ada'))
  const asked = session.who.get()
  expect(asked).toMatchObject({ carryOver: { conversations: 1 } })
  if (asked.state !== 'verified') throw new Error('nobody')
  session.learned({ ...asked, conversations: 2, carryOver: null })
  expect(session.who.get()).toMatchObject({ carryOver: null, conversations: 2 })
})

test('[VS7] the session of the guest goes along with the token, so that the server knows what he wrote', async () => {
  const { session, network } = openTab()
  await session.resume()
  const guest = session.who.get()
  if (guest.state !== 'guest') throw new Error('no guest')
  session.learned({ ...guest, session: 's1', conversations: 1 })
  network.on(opening, () => admission('ada'))
  await session.signIn(tokenFor('ada'))
  expect(network.callsOf(opening)[0]?.body).toMatchObject({ previousSession: 's1' })
})
