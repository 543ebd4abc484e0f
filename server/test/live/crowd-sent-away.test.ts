import { expect, test } from 'vitest'
import { applySecurityEvent } from '../../live/doors.ts'
import type { LiveSocket } from '../../live/socket.ts'

/** As much of a connection as a revocation has to do with. */
class Held {
  live = true
  reading = 0
  silenced = false
  told = false
  readonly reader

  constructor(keyId: string) {
    this.reader = { kind: 'visitor', caller: { verification: { keyId, issuedAt: 0, verifiedAt: 0 } } }
  }

  end() {
    this.told = true
  }
}

test('[SS6] a revoked crowd is silent at once, and told a few at a time so that nobody else waits', async () => {
  const crowd = Array.from({ length: 1_000 }, () => new Held('revoked'))
  const other = new Held('live')
  const parts = { registry: [...crowd, other] as unknown as Iterable<LiveSocket> }
  const applied = applySecurityEvent(parts as Parameters<typeof applySecurityEvent>[0], {
    kind: 'key_revoked',
    projectId: 'project',
    subjectId: 'revoked',
  })
  expect(crowd.every(({ live, silenced }) => silenced && !live)).toBe(true)
  expect(crowd.filter(({ told }) => told).length).toBeLessThan(500)
  await applied
  expect(crowd.every(({ told }) => told)).toBe(true)
  expect([other.silenced, other.told]).toEqual([false, false])
})
