import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../sources.ts'

test('packages are never installed through a link: what it leads to stays as it is', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'signet-install-'))
  const checkout = join(scratch, 'checkout')
  const others = join(scratch, 'others')
  const tools = join(scratch, 'tools')
  for (const folder of [checkout, others, tools]) mkdirSync(folder)
  writeFileSync(join(others, 'precious'), '')
  writeFileSync(join(checkout, 'package-lock.json'), '{}')
  symlinkSync(others, join(checkout, 'node_modules'))
  writeFileSync(join(tools, 'npm'), '#!/bin/sh\nrm -rf node_modules/*\n')
  chmodSync(join(tools, 'npm'), 0o755)
  const command = `root=$PWD; . '${root}/bin/lib/install.sh'; install_packages`
  const env = { ...process.env, PATH: `${tools}:${process.env.PATH}` }
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: checkout, env, encoding: 'utf8' })
  expect([status, stderr]).toEqual([1, expect.stringContaining('node_modules is a link to another folder')])
  expect(existsSync(join(others, 'precious'))).toBe(true)
  rmSync(scratch, { recursive: true })
})
