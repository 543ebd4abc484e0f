import { atom } from 'nanostores'
import { expect, test } from 'vitest'
import type { Api } from '../../client/api.ts'
import type { Conversation } from '../../protocol/records.ts'
import { standingOf } from '../parts/standing.ts'
import { createInbox } from '../stores/inbox.ts'
import { followRenewals } from '../stores/renewals.ts'
import { conversation, id, now, visitor } from './records.ts'

const minute = 60_000
const until = (expiresAt: number) =>
  visitor({ verification: { keyId: id(90), keyLast4: '3f9a', verifiedAt: now, expiresAt } })

/** Two conversations of a visitor whose session runs out in a minute, as the inbox knows him. */
function follow(answer: () => Conversation) {
  const inbox = createInbox()
  const clock = atom(now)
  const asked: unknown[] = []
  const api: Api = async (_key, input) => {
    asked.push(input)
    // The stand-in gives what the test says; the types of answers are the server's affair.
    return answer() as never
  }
  inbox.receive([conversation({ visitor: until(now + minute) })])
  inbox.receive([conversation({ id: id(101), visitor: until(now + minute) })])
  const stop = followRenewals(api, inbox, clock)
  const tick = async (time: number) => {
    clock.set(time)
    await new Promise((done) => setTimeout(done, 0))
  }
  const standings = () => [...inbox.conversations.get().values()].map((each) => standingOf(each.visitor, clock.get()))
  return { asked, tick, standings, stop }
}

test('[AG3] whoever renewed in place stays verified, in all conversations of his, after one question', async () => {
  const here = follow(() => conversation({ visitor: until(now + 60 * minute) }))
  await here.tick(now + 15_000)
  expect(here.asked).toEqual([])
  await here.tick(now + 45_000)
  await here.tick(now + 2 * minute)
  expect(here.asked).toEqual([{ params: { conversation: id(100) } }])
  expect(here.standings()).toEqual(['verified', 'verified'])
})

test('[AG3] whoever did not is asked about once, and was verified earlier', async () => {
  const here = follow(() => conversation({ visitor: until(now + minute) }))
  await here.tick(now + 45_000)
  expect(here.standings()).toEqual(['verified', 'verified'])
  await here.tick(now + minute)
  expect(here.standings()).toEqual(['verified_earlier', 'verified_earlier'])
  expect(here.asked).toHaveLength(1)
})

test('[AG3] a question that fails leaves the copy as it is; nobody asks after the project is left', async () => {
  const here = follow(() => {
    throw new Error('away')
  })
  await here.tick(now + 50_000)
  here.stop()
  await here.tick(now + minute)
  expect(here.standings()).toEqual(['verified_earlier', 'verified_earlier'])
  expect(here.asked).toHaveLength(1)
})
