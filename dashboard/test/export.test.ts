import { expect, test } from 'vitest'
import type { Api } from '../../client/api.ts'
import { exportConversation } from '../pages/inbox/conversation/export.ts'
import { conversation, id, message, now } from './records.ts'

test('[VS9] an export has every message of every page, each with how its author was verified', async () => {
  const pages = [
    { conversation: conversation(), messages: [message()], exportedAt: now, nextPage: '7' },
    {
      conversation: conversation(),
      messages: [message({ id: id(201), verification: null })],
      exportedAt: now,
      nextPage: null,
    },
  ]
  const asked: unknown[] = []
  const api = (async (key: string, input: object) => {
    asked.push({ key, ...input })
    return pages[asked.length - 1]
  }) as Api
  const exported: unknown = JSON.parse(await exportConversation(api, id(100)))
  expect(exported).toMatchObject({ messages: [{ verification: { keyId: id(90) } }, { verification: null }] })
  expect(exported).not.toHaveProperty('nextPage')
  expect(asked).toMatchObject([{ query: {} }, { query: { page: '7' } }])
})
