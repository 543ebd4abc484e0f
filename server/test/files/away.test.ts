import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Config, readConfig } from '../../config.ts'
import { openBucket } from '../bucket.ts'
import { CallRefused } from '../caller.ts'
import { Shop, Signet } from '../signet.ts'
import { newVisitor } from '../uploads.ts'

/** How files are kept, and what takes the place where they are away and gives it back. */
interface Kept {
  files?: Config['files']
  takeAway(dataDir: string): Promise<() => Promise<void>>
}

test('[AT9] a folder that does not take or give: what was asked may be asked again, and messages go on', () =>
  staysAway({
    async takeAway(dataDir) {
      const [files, aside] = [join(dataDir, 'files'), join(dataDir, 'aside')]
      renameSync(files, aside)
      writeFileSync(files, 'This is no folder.')
      return async () => {
        rmSync(files)
        renameSync(aside, files)
      }
    },
  }))

test('[AT9] and a bucket that does not answer', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'signet-away-'))
  let bucket = await openBucket(directory)
  const { files } = readConfig(bucket.environment)
  await staysAway({
    files,
    async takeAway() {
      await bucket.close()
      return async () => {
        bucket = await openBucket(directory, bucket.port)
      }
    },
  })
  await bucket.close()
  rmSync(directory, { recursive: true })
})

async function staysAway({ files, takeAway }: Kept): Promise<void> {
  const signet = await Signet.start({ config: { files } })
  const shop = await Shop.open(signet)
  const caller = await newVisitor(shop)
  const { id } = await caller.upload(shop.id, 'before')
  const { url } = await caller.call('POST /attachments/:attachment/link', { params: { attachment: id } })
  const bringBack = await takeAway(signet.dataDir)

  const refused = await caller.upload(shop.id, 'while it is away').catch((error: unknown) => error)
  if (!(refused instanceof CallRefused)) throw refused
  expect([refused.failure.code, refused.headers.get('retry-after')]).toEqual(['unavailable', '5'])
  const answer = await fetch(signet.url + url)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await answer.json()).toMatchObject({ error: { code: 'unavailable', retryAfterMs: 5_000 } })
  const socket = await shop.connect(caller.session)
  const { conversationId } = await socket.write('Do you get this?')

  await bringBack()
  const again = await caller.upload(shop.id, 'and again')
  await socket.writeWith([again.id], conversationId)
  expect(await fetch(signet.url + url).then((given) => given.text())).toBe('before')
  await signet.stop()
}
