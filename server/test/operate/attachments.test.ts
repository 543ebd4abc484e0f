import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noteFile } from '../../db/data-folder.ts'
import { backup } from '../../operate/backup.ts'
import { restore } from '../../operate/restore.ts'
import { openFile } from '../../operate/sqlite-file.ts'
import { jpegWithPlace } from '../pictures.ts'
import { Shop, Signet } from '../signet.ts'
import { newVisitor } from '../uploads.ts'
import { filesIn } from './attached-files.ts'
import { run } from './commands.ts'

let scratch: string
let source: string
/** Every file of attachments that there was when the backup was made. */
let files: Map<string, string>
let folder: string

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'signet-files-'))
  source = join(scratch, 'data')
  const signet = await Signet.start({ dataDir: source })
  const shop = await Shop.open(signet)
  const caller = await newVisitor(shop)
  const { id } = await caller.upload(shop.id, await jpegWithPlace(), 'a.jpg')
  const socket = await shop.connect(caller.session)
  await socket.writeWith([id])
  await caller.upload(shop.id, 'not sent yet', 'b.txt')
  files = filesIn(source)
  const made = await run(backup, [join(scratch, 'backups')], { DATA_DIR: source })
  expect(made).toMatchObject({ code: 0, complained: '', said: expect.stringContaining('3 files of 2 attachments') })
  await caller.upload(shop.id, 'after the backup', 'c.txt')
  await signet.stop()
  folder = join(
    scratch,
    'backups',
    readdirSync(join(scratch, 'backups')).find((name) => name.startsWith('signet-')) ?? '',
  )
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const bringBack = (dataDir: string, ...typed: string[]) => run(restore, [...typed, folder], { DATA_DIR: dataDir })

test('[HT5][AT9] a backup has the files of attachments, and a restore brings each of them back', async () => {
  const dataDir = join(scratch, 'elsewhere')
  const told = await bringBack(dataDir)
  expect(told).toMatchObject({ code: 0, complained: '', said: expect.stringContaining('3 files of attachments') })
  expect(filesIn(dataDir)).toEqual(files)
  const database = openFile(join(dataDir, 'signet.db'))
  const rows = database.prepare('select file, thumbnail_file from attachments').all()
  database.close()
  const named = rows
    .flatMap((row) => [row.file, row.thumbnail_file])
    .flatMap((file) => (file ? [String(file).slice(3)] : []))
  expect(named.sort()).toEqual([...files.keys()].sort())
})

test('[HT5][AT9] where files belong into a bucket, a restore says that these are not in it', async () => {
  const dataDir = join(scratch, 'bucket')
  const { said } = await run(restore, [folder], { DATA_DIR: dataDir, FILES_URL: 's3://chat' })
  expect(said).toContain(`They are in ${join(dataDir, 'files')}, and the server looks for them in the bucket`)
  expect(filesIn(dataDir)).toEqual(files)
})

test('[HT5][AT9] what was there before is kept beside, and a restore that was ended half-way is run again', async () => {
  const later = filesIn(source)
  expect(later.size).toBe(4)
  expect(await bringBack(source)).toMatchObject({ code: 1 })
  expect(await bringBack(source, '--force')).toMatchObject({ code: 0, complained: '' })
  expect(filesIn(source)).toEqual(files)
  const aside = readdirSync(source).find((name) => name.startsWith('before-restore-')) ?? ''
  expect(filesIn(join(source, aside))).toEqual(later)
  writeFileSync(join(source, noteFile), 'A restore into this folder has not finished: run bin/restore again.\n')
  rmSync(join(source, 'files'), { recursive: true })
  expect(await bringBack(source)).toMatchObject({ code: 0, complained: '' })
  expect(filesIn(source)).toEqual(files)
  expect(readdirSync(source).filter((name) => name.startsWith('restoring'))).toEqual([])
})

test('[HT5][AT9] a file that is not what it was is found before anything is replaced', async () => {
  const [name = ''] = files.keys()
  const path = join(folder, 'files', name.slice(0, 2), name)
  writeFileSync(path, 'something else')
  const dataDir = join(scratch, 'third')
  expect((await bringBack(dataDir)).complained).toContain('The backup is damaged')
  rmSync(path)
  expect((await bringBack(dataDir)).complained).toContain('is missing')
  const made = await run(backup, [join(scratch, 'others')], { DATA_DIR: source, FILES_URL: 's3://chat' })
  expect(made.said).toContain('in the bucket of FILES_URL')
})
