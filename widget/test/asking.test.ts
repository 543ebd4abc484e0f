/** How often and when the page's function is asked for a token (VS8), and what the page hears of refusals (WG6). */
import { expect, test } from 'vitest'
import { fakeClock } from '../../client/test/fake-clock.ts'
import { authNonce } from '../page-api/auth-nonce.ts'
import { type Trouble, troubleOf } from '../report.ts'
import { createSession } from '../session.ts'
import { admission, fakeServer, refuse, tokenFor } from './fake-server.ts'
import { fakeBrowser } from './fake-shelf.ts'

const opening = 'POST /projects/:project/visitor-sessions'

function openPage(random = 0.5) {
  const clock = fakeClock()
  const network = fakeServer()
  const shelf = fakeBrowser().tab()
  const troubles: Trouble[] = []
  const session = createSession({
    shelf,
    server: network.server,
    report: (error) => troubles.push(troubleOf(error)),
    guestsWelcome: async () => true,
    autoStart: () => true,
    clock,
    random: () => random,
  })
  const start = clock.now()
  const askedAt: number[] = []
  const source = () => {
    askedAt.push(clock.now() - start)
    return tokenFor('ada')
  }
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed++) {
      clock.advance(1_000)
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    }
  }
  return { clock, network, shelf, troubles, session, source, askedAt, pass, now: () => session.who.get().state }
}

test('[VS8] after refusals the function is asked later and later, and at last no more', async () => {
  const { session, network, source, askedAt, pass } = openPage(1)
  network.on(opening, () => refuse('signature_invalid'))
  await session.signIn(source).catch(() => {})
  await pass(600)
  const waits = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0))
  expect(waits).toHaveLength(6)
  expect(waits).toEqual([...waits].sort((one, other) => one - other))
  expect(waits[0]).toBeGreaterThan(1_000)
  expect(waits.at(-1)).toBeLessThanOrEqual(61_000)
})

test('[VS8] two browsers do not ask in step', async () => {
  const times = await Promise.all(
    [0.2, 0.8].map(async (random) => {
      const { session, network, source, askedAt, pass, clock } = openPage(random)
      network.on(opening, () => admission('ada', { expiresAt: clock.now() + 600_000 }))
      await session.signIn(source)
      await pass(599)
      return askedAt
    }),
  )
  expect(times[0]?.[1]).not.toBe(times[1]?.[1])
  for (const asked of times) {
    expect(asked.length).toBeGreaterThanOrEqual(2)
    expect(asked[1]).toBeLessThan(600_000)
  }
})

test('[VS8] a renewal that is refused ends nothing before the session does', async () => {
  const { session, network, source, askedAt, pass, clock, now } = openPage()
  network.on(opening, () => admission('ada', { expiresAt: clock.now() + 600_000 }))
  await session.signIn(source)
  network.on(opening, () => refuse('signature_invalid'))
  await pass(599)
  expect(askedAt.length).toBeGreaterThan(1)
  expect(now()).toBe('verified')
  session.ended({ code: 'session_expired', message: '' })
  expect(now()).toBe('unknown')
  await pass(1)
  expect(now()).toBe('out')
})

test('[WG6] a refusal is said once, however often it is tried again', async () => {
  const { session, network, source, askedAt, pass, troubles } = openPage()
  network.on(opening, () => refuse('signature_invalid'))
  await session.signIn(source).catch(() => {})
  await pass(600)
  expect(askedAt.length).toBe(7)
  expect(troubles.map(({ code }) => code)).toEqual(['signature_invalid'])
  await session.signIn(source).catch(() => {})
  expect(troubles).toHaveLength(2)
})

test('[WG6] another refusal is said, and so is the same one after a success', async () => {
  const { session, network, source, troubles } = openPage()
  const answers = ['token_expired', 'signature_invalid', '', 'signature_invalid'] as const
  for (const code of answers) {
    network.on(opening, () => (code ? refuse(code) : admission('ada')))
    await session.signIn(source).catch(() => {})
  }
  expect(troubles.map(({ code }) => code)).toEqual(answers.filter(Boolean))
})

test('[VS15] a banned person’s page is not asked for more tokens', async () => {
  const { session, network, source, askedAt, pass } = openPage()
  network.on(opening, () => refuse('banned'))
  await session.signIn(source).catch(() => {})
  await pass(600)
  expect(askedAt).toHaveLength(1)
})

test('[SS6] [WG6] the page hears of a revocation that it cannot mend', async () => {
  const { session, network, troubles } = openPage()
  network.on(opening, () => admission('ada'))
  await session.signIn(tokenFor('ada'))
  session.ended({ code: 'secret_revoked', message: 'Sign in again.' })
  expect(troubles).toEqual([{ code: 'secret_revoked', message: 'Sign in again.' }])
})

test('[SS6] a page that can mend it hears nothing', async () => {
  const { session, network, source, troubles, pass, now } = openPage()
  network.on(opening, () => admission('ada'))
  await session.signIn(source)
  session.ended({ code: 'secret_revoked', message: '' })
  await pass(1)
  expect([now(), troubles]).toEqual(['verified', []])
})

test('[VT13a] the verifier goes along with the token, once the page has asked for a nonce', async () => {
  const { session, network, shelf } = openPage()
  network.on(opening, () => admission('ada'))
  await session.signIn(tokenFor('ada'))
  await authNonce(shelf)
  await session.signIn(tokenFor('ada'))
  const [before, after] = network.callsOf(opening).map(({ body }) => body.verifier)
  expect(before).toBeUndefined()
  expect(after).toBe(shelf.get('verifier'))
})

test('[VS6] a sign-out is over when the server has heard of it', async () => {
  const { session, network } = openPage()
  network.on(opening, () => admission('ada'))
  await session.signIn(tokenFor('ada'))
  let answer = () => {}
  network.on('DELETE /visitor-session', () => new Promise<void>((resolve) => (answer = resolve)))
  let isOver = false
  const heard = session.signOut()?.heard.then(() => {
    isOver = true
  })
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  expect(isOver).toBe(false)
  answer()
  await heard
  expect(isOver).toBe(true)
})
