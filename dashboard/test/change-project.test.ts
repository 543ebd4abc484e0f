import { beforeEach, expect, test, vi } from 'vitest'
import type { Project } from '../../protocol/records.ts'
import { changeProject, type ProjectChange } from '../stores/change-project.ts'
import { $me } from '../stores/me.ts'
import { id, now } from './records.ts'

const shop: Project = {
  id: id(1),
  name: 'Shop',
  legacyId: null,
  enforcement: 'off',
  allowedOrigins: [],
  verifiedSessionSeconds: 43_200,
  anonymousCarryOver: 'ask',
  singleUseTokens: false,
  widget: {},
  openingHours: null,
  siteUrl: null,
  retentionDays: null,
  createdAt: now,
  etag: 'v1',
}

// Before the stores are imported: they take the page's own.
const answer = vi.hoisted(() => {
  const fetch = vi.fn<(address: string, init: RequestInit) => Promise<Response>>()
  vi.stubGlobal('fetch', fetch)
  return fetch
})

/** A server with one project, and what it was asked. */
let there: Project
let asked: string[]

const respond = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })

beforeEach(() => {
  asked = []
  there = { ...shop }
  $me.set({
    agent: { id: 'me', name: 'Me', email: 'me@example.com' },
    memberships: [{ project: there, role: 'owner' }],
  })
  answer.mockImplementation(async (_address, init) => {
    const match = new Headers(init.headers).get('if-match')
    asked.push([init.method, match].filter(Boolean).join(' '))
    if (init.method === 'GET') return respond(200, there)
    if (match !== null && match !== `"${there.etag}"`) {
      return respond(412, { error: { code: 'changed_meanwhile', message: 'Changed.' } })
    }
    there = { ...there, ...JSON.parse(String(init.body)), etag: `${there.etag}+` }
    return respond(200, there)
  })
})

const mine = () => {
  const project = $me.get()?.memberships[0]?.project
  if (!project || !('enforcement' in project)) throw new Error('There is no project.')
  return project
}
const save = (body: ProjectChange) => changeProject(mine(), body)

test('[HT1] a change goes to the version that is on the screen', async () => {
  await save({ name: 'Store' })
  expect(asked).toEqual(['PATCH "v1"'])
  expect(mine()).toMatchObject({ name: 'Store', etag: 'v1+' })
})

test('[HT1] what somebody else has changed elsewhere in the settings is kept, and not in the way', async () => {
  there = { ...there, retentionDays: 30, etag: 'v2' }
  await save({ name: 'Store' })
  expect(asked).toEqual(['PATCH "v1"', 'GET', 'PATCH "v2"'])
  expect(mine()).toMatchObject({ name: 'Store', retentionDays: 30 })
})

test('[HT1] what both have changed is refused once; saved again, it is meant', async () => {
  there = { ...there, name: 'Theirs', etag: 'v2' }
  await expect(save({ name: 'Mine' })).rejects.toMatchObject({ code: 'changed_meanwhile' })
  expect(mine().name).toBe('Theirs')
  await save({ name: 'Mine' })
  expect(there.name).toBe('Mine')
})

test('[HT1] a server of the version before is asked as before', async () => {
  const { etag: _, ...old } = mine()
  await changeProject(old, { name: 'Store' })
  expect(asked).toEqual(['PATCH'])
})
