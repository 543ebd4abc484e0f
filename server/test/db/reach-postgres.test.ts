import { expect, test } from 'vitest'
import { DatabaseUnreachable, reachPostgres, requireUsable } from '../../db/reach-postgres.ts'

const answering = (version: string, mayMakeTables: boolean | null) => ({
  rows: async <Row>() => [{ version, mayMakeTables }] as Row[],
})

test('[HT4] a PostgreSQL that is not there is one sentence that names the option, and not what is in it', async () => {
  const failure = await reachPostgres('postgres://signet:hidden@127.0.0.1:1/signet', () => {}).catch((error) => error)
  expect(failure).toBeInstanceOf(DatabaseUnreachable)
  expect(failure.message).toMatch(/^The PostgreSQL at DATABASE_URL cannot be used: [^\n]*ECONNREFUSED[^\n]*\.$/)
  expect(failure.message).not.toContain('hidden')
})

test('[HT4] a PostgreSQL that is too old, or where no tables may be made, is refused before anything is tried', async () => {
  await expect(requireUsable(answering('14.9 (Debian 14.9-1)', true))).rejects.toThrow(
    /is version 14\.9 .* 15 or newer/,
  )
  await expect(requireUsable(answering('18.4', false))).rejects.toThrow(/DATABASE_URL may not make tables/)
  await expect(requireUsable(answering('18.4', null))).rejects.toThrow(/DATABASE_URL may not make tables/)
  await requireUsable(answering('15.20 (Debian 15.20-0+deb12u1)', true))
})
