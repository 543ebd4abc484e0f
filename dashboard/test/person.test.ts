import { expect, test } from 'vitest'
import { type Api, ApiError } from '../../client/api.ts'
import { erasePerson } from '../pages/person/erase-person.ts'
import { exportPerson } from '../pages/person/export-person.ts'
import { held } from '../pages/person/held.ts'
import { conversation, id, message, now } from './records.ts'

const whom = { projectId: id(1), visitorId: id(2), name: 'Ada' }

/** Answers one call after the other, and notes them. */
function answering(...answers: unknown[]) {
  const asked: string[] = []
  const api = (async (key: string, { query = {} }: { query?: object } = {}) => {
    asked.push(`${key} ${JSON.stringify(query)}`)
    const answer = answers[asked.length - 1]
    if (answer instanceof Error) throw answer
    return answer
  }) as Api
  return { api, asked }
}
const refused = (code: 'offline' | 'not_found' | 'forbidden', field?: string) =>
  new ApiError(code, 0, code, field === undefined ? {} : { field })

test('[HT6] an export has every message once, also of a conversation that two pages share', async () => {
  const [one, other] = [conversation(), conversation({ id: id(101) })]
  const { api, asked } = answering(
    {
      person: { id: id(2) },
      conversations: [{ conversation: one, messages: [message()] }],
      exportedAt: now,
      nextPage: 'x',
    },
    {
      person: null,
      conversations: [
        { conversation: one, messages: [message({ id: id(201) })] },
        { conversation: other, messages: [] },
      ],
      exportedAt: now,
      nextPage: null,
    },
  )
  const exported: unknown = JSON.parse(await exportPerson(api, id(1), id(2)))
  expect(exported).toMatchObject({
    person: { id: id(2) },
    conversations: [
      { conversation: { id: one.id }, messages: [{}, { id: id(201) }] },
      { conversation: { id: id(101) } },
    ],
  })
  expect(exported).not.toHaveProperty('nextPage')
  expect(asked.map((call) => call.split(' ')[2])).toEqual(['{}', '{"page":"x"}'])
})

test('[HT6] whoever hears nothing of an erasure asks whether the person is still there', async () => {
  const gone = refused('not_found', 'visitor')
  expect(await erasePerson(answering(null).api, whom)).toBe('all')
  expect(await erasePerson(answering(gone).api, whom)).toBe('begun')
  expect(await erasePerson(answering(refused('offline'), gone).api, whom)).toBe('begun')
  await expect(erasePerson(answering(refused('offline'), { id: id(2) }).api, whom)).rejects.toThrow('offline')
  await expect(erasePerson(answering(refused('forbidden')).api, whom)).rejects.toThrow('forbidden')
  await expect(erasePerson(answering(refused('not_found', 'project')).api, whom)).rejects.toThrow('not_found')
})

test('[HT6] numbers that were not counted to their end say so', () => {
  const some = { id: id(2), externalId: null, name: null, email: null, createdAt: now, lastSeenAt: now }
  expect(held({ ...some, conversations: 1, messages: 10_001, files: 0 })).toEqual([
    '1 conversation',
    'more than 10,000 messages',
  ])
})
