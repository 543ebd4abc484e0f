import { expect, test } from 'vitest'
import { claimsWith, project, refusalOf, sign } from './signed-token.ts'

const audience = (aud: unknown) => refusalOf(sign(claimsWith({ aud })))
const { id, legacyId } = project

test.each([
  [id],
  [legacyId],
  [`https://tiledesk.com/projects/${legacyId}`],
  [`https://chat.shop.test/api/v1/projects/${id}`],
  [['https://elsewhere.test', id]],
  [[7, null, `https://tiledesk.com/projects/${legacyId}`]],
])('[VT12] takes the audience %j', async (aud) => {
  expect(await audience(aud)).toBe('accepted')
})

test.each([
  ['another project'],
  [''],
  [`${id}x`],
  [`x${id}`],
  [id.toUpperCase()],
  [`https://tiledesk.com/${legacyId}`],
  [`https://tiledesk.com/projects/x${legacyId}`],
  [`https://tiledesk.com/projects/${legacyId}/`],
  [`https://tiledesk.com/projects/${legacyId}/other`],
  [`https://tiledesk.com/projects/other?${legacyId}`],
  [[]],
  [['another project']],
  [[[id]]],
  [{ 0: id }],
  [null],
  [7],
  [true],
])('[VT12] refuses the audience %j', async (aud) => {
  expect(await audience(aud)).toBe('audience_mismatch aud')
})

test('[VT12] a project without a legacy id has none', async () => {
  for (const aud of ['null', 'undefined', 'https://tiledesk.com/projects/null', null]) {
    const changed = { project: { id, legacyId: null } }
    expect(await refusalOf(sign(claimsWith({ aud })), changed)).toBe('audience_mismatch aud')
  }
})
