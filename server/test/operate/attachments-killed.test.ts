import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { attachmentsOnDisk } from '../../operate/attachment-files.ts'
import { backup } from '../../operate/backup.ts'
import { manifestFile, readManifest } from '../../operate/manifest.ts'
import { restore } from '../../operate/restore.ts'
import { openFile } from '../../operate/sqlite-file.ts'
import { until } from '../cluster/until.ts'
import { Signet } from '../signet.ts'
import { everythingIn, filesIn, makeAttached } from './attached-files.ts'
import { killedAfter, run, spawnCommand } from './commands.ts'

let scratch: string
let dataDir: string
let target: string

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'signet-killed-'))
  dataDir = join(scratch, 'data')
  target = join(scratch, 'backups')
  return () => rmSync(scratch, { recursive: true, force: true })
})

const environment = () => ({ DATA_DIR: dataDir })
const named = (start: string, folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(start)) : []
const taken = () => join(target, named('signet-', target)[0] ?? '')
const take = () => run(backup, [target], environment())
/** Of a backup that is being made. */
const copied = () => named('.unfinished-', target).flatMap((name) => [...filesIn(join(target, name)).keys()])

/** In the place of this file a pipe: whoever opens it waits, right there, until he is let go on. */
function holdUpAt(path: string): void {
  rmSync(path, { force: true })
  execFileSync('mkfifo', [path])
}

/** Of each attachment the file whose name comes first: what becomes of one must not be counted for another. */
function ofDifferentAttachments(names: readonly string[]): string[] {
  const file = openFile(join(dataDir, 'signet.db'))
  const attachment = file.prepare('select id from attachments where ? in (file, thumbnail_file)')
  const firsts = new Map(names.toReversed().map((name) => [String(attachment.get(name.slice(6))?.id), name]))
  file.close()
  return [...firsts.values()].sort()
}

/** As soon as somebody waits. What he reads is empty. */
const letGoOn = (path: string) =>
  until(() => {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK))
      return true
    } catch {
      return false
    }
  }, 50_000)

describe('[HT5][AT9] bin/backup, with files', () => {
  test('killed while it copies them it leaves nothing under a final name, and run again it has every row and byte', async () => {
    await makeAttached(dataDir, 6)
    const source = everythingIn(dataDir)
    const eighth = attachmentsOnDisk(dataDir).sort()[7] ?? ''
    holdUpAt(join(dataDir, eighth))
    const child = spawnCommand('backup', [target], environment())
    const ended = killedAfter(child, 60_000)
    await until(() => copied().length === 7, 50_000)
    child.kill('SIGKILL')
    expect(await ended).toBe(true)
    expect(named('signet-', target)).toEqual([])
    rmSync(join(dataDir, eighth))
    writeFileSync(join(dataDir, eighth), source.files.get(eighth.slice(9)) ?? '', 'latin1')
    expect(await take()).toMatchObject({ code: 0, complained: '' })
    expect(readdirSync(target).sort()).toEqual(['.backup.lock', ...named('signet-', target)])
    expect(everythingIn(taken())).toEqual(source)
    expect(Object.keys((await readManifest(taken())).files)).toHaveLength(13)
  }, 60_000)

  test('what is deleted while it copies is left out, and what was lost before is told', async () => {
    await makeAttached(dataDir, 6)
    const all = attachmentsOnDisk(dataDir).sort()
    const [first = '', lost = '', deleted = ''] = ofDifferentAttachments(all)
    const others = all.filter((name) => ![first, lost, deleted].includes(name))
    rmSync(join(dataDir, lost))
    holdUpAt(join(dataDir, first))
    const child = spawnCommand('backup', [target], environment())
    const ended = killedAfter(child, 60_000)
    await until(() => named('.unfinished-', target).some((name) => existsSync(join(target, name, 'files'))), 50_000)
    const file = openFile(join(dataDir, 'signet.db'))
    file.prepare('delete from attachments where ? in (file, thumbnail_file)').run(deleted.slice(6))
    file.close()
    rmSync(join(dataDir, deleted))
    await letGoOn(join(dataDir, first))
    expect([await ended, child.exitCode]).toEqual([false, 0])
    expect([...filesIn(taken()).keys()].sort()).toEqual([first, ...others].map((name) => name.slice(9)))
    await readManifest(taken())
    rmSync(join(dataDir, first))
    rmSync(target, { recursive: true })
    const told = `2 of the files that attachments name are missing from ${join(dataDir, 'files')}`
    expect(await take()).toMatchObject({ code: 0, said: expect.stringContaining(told) })
  }, 60_000)
})

describe('[HT5][AT9] bin/restore, with files', () => {
  test('killed while it copies them or puts them there, and run again, it has every row and byte', async () => {
    await makeAttached(dataDir, 6)
    expect(await take()).toMatchObject({ code: 0 })
    const restored = everythingIn(dataDir)
    rmSync(dataDir, { recursive: true })
    await makeAttached(dataDir, 3)
    const before = everythingIn(dataDir)

    const eighth = [...restored.files.keys()].sort()[7] ?? ''
    const coming = () => filesIn(join(dataDir, 'restoring-files')).size
    await killedAt(join('files', eighth.slice(0, 2), eighth), () => coming() === 7)
    expect(everythingIn(dataDir)).toEqual(before)

    // As it is left by one that is ended while it keeps aside what is there.
    mkdirSync(join(dataDir, 'before-restore-2026-01-01T00-00-00Z.unfinished'))
    await killedAt('master.key', () => existsSync(join(dataDir, 'do-not-start.txt')))
    await expect(Signet.start({ dataDir })).rejects.toThrow('A restore into this folder has not finished')

    expect(await run(restore, [taken()], environment())).toMatchObject({ code: 0, complained: '' })
    expect(everythingIn(dataDir)).toEqual(restored)
    const [aside = '', ...more] = named('before-restore-', dataDir)
    expect(everythingIn(join(dataDir, aside))).toEqual(before)
    expect([...more, ...named('restoring', dataDir), ...named('do-not-start', dataDir)]).toEqual([])
  }, 60_000)

  /** Where it copies this file. Its backup is as it was afterwards. */
  async function killedAt(name: string, isThere: () => boolean): Promise<void> {
    const folder = taken()
    const whole = join(scratch, 'whole')
    execFileSync('cp', ['-a', folder, whole])
    const manifest = await readManifest(folder)
    const empty = { bytes: 0, sha256: createHash('sha256').digest('hex') }
    const held = { ...manifest, masterKey: 'included', files: { ...manifest.files, [name]: empty } }
    writeFileSync(join(folder, manifestFile), JSON.stringify(held))
    holdUpAt(join(folder, name))
    const child = spawnCommand('restore', ['--force', folder], environment())
    const ended = killedAfter(child, 60_000)
    // While the backup is checked; then it waits again.
    await letGoOn(join(folder, name))
    await until(isThere, 50_000)
    child.kill('SIGKILL')
    expect(await ended).toBe(true)
    rmSync(folder, { recursive: true })
    execFileSync('mv', [whole, folder])
  }
})
