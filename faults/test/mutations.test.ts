import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/sources.ts'
import { mutations } from '../mutations.ts'

const folder = join(import.meta.dirname, '..', 'mutations')
const patches = readdirSync(folder)

test('every mistake is made by somebody', () => {
  expect(mutations.map(({ patch }) => `${patch}.patch`).toSorted()).toEqual(patches.toSorted())
})

test.each(patches)('%s can still be made', (patch) => {
  const { status, stderr } = spawnSync('git', ['apply', '--check', join(folder, patch)], {
    cwd: root,
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([0, ''])
})
