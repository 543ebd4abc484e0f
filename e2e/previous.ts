/**
 * The version before this one, as it is in git: the commit that e2e/previous-version names, in a folder of its own. It
 * runs on the packages that are installed.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/sources.ts'

const commit = readFileSync(join(root, 'e2e/previous-version'), 'utf8').trim()
/** The server; and who talks to it, with the clients' parts of that time. */
const parts = [
  'package.json',
  'protocol',
  'identity',
  'server',
  'client',
  'dashboard/stores',
  'scripts',
  'faults',
  'e2e',
]

export const previousMissing = spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root }).status !== 0
if (previousMissing) {
  process.stderr.write(`The history has no ${commit}: the tests beside the version before are LEFT OUT.\n`)
}

export class Previous {
  readonly folder = mkdtempSync(join(tmpdir(), 'signet-previous-'))

  constructor() {
    const archive = execFileSync('git', ['archive', commit, ...parts], { cwd: root, maxBuffer: 2 ** 28 })
    execFileSync('tar', ['-x', '-C', this.folder], { input: archive })
    for (const name of ['node_modules', 'dist']) symlinkSync(join(root, name), join(this.folder, name))
  }

  /** The same file of that version. */
  import<Module>(path: string): Promise<Module> {
    return import(join(this.folder, path))
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
