/** Whoever has an account may have ten projects with ten webhooks each, all of them at a server that never answers. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../../db/sqlite.ts'
import { Outbox } from '../../model/outbox/outbox.ts'
import { newDelivery, putInOutbox } from '../../model/outbox/put.ts'
import { World } from '../contract/world.ts'

test('[WH4] webhooks that hang, however many, hold up no mail', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signet-hanging-'))
  const database = openSqlite(join(folder, 'signet.db'))
  const world = await World.make(database)
  const targets = Array.from({ length: 65 }, (_, index) => `hook-${String(index).padStart(2, '0')}`)
  await database.transaction(async (tx) => {
    for (const id of targets) {
      await tx.rows(
        `insert into webhooks (id, project_id, url, events, enabled, sealed, last4, created_at)
         values (?, ?, 'https://hooks.example.com/', 8, 1, '', '', ?)`,
        [id, world.projectId, world.now()],
      )
    }
    const waiting = targets.flatMap((target) =>
      Array.from({ length: 8 }, (_, index) =>
        newDelivery(world.now(), { id: `${target}.${index}`, target, webhook_id: target, type: 'x', body: '{}' }),
      ),
    )
    const mail = newDelivery(world.now(), { id: 'mail.1', target: 'mail', type: 'mail.password_reset', body: '' })
    await putInOutbox(tx, world, [...waiting, mail])
  })
  const answer = Promise.withResolvers<{ status: number; failure: null }>()
  const mailed: string[] = []
  const mail = async ({ id }: { id: string }) => {
    mailed.push(id)
    return { status: 250, failure: null }
  }
  const outbox = new Outbox(world, { webhook: () => answer.promise, mail })
  try {
    await outbox.turn()
    expect(mailed).toEqual(['mail.1'])
  } finally {
    answer.resolve({ status: 200, failure: null })
    await outbox.settled()
    await database.close()
    rmSync(folder, { recursive: true })
  }
})
