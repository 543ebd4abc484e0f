import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../sources.ts'

interface Locked {
  optionalDependencies?: Record<string, string>
}

// npm leaves out what it could not fetch on the machine that wrote the file, and `npm ci` then fails on every machine.
test('the lock file names the packages of every platform, not only of the one it was written on', () => {
  const file: { packages: Record<string, Locked> } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const missing = Object.entries(file.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in file.packages) && !(`${path}/node_modules/${name}` in file.packages),
    ),
  )
  expect(missing).toEqual([])
})
