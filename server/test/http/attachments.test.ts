import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { maxAttachmentBytes } from '../../../protocol/limits.ts'
import { newId } from '../../model/id.ts'
import { CallRefused } from '../caller.ts'
import { animatedGif, hugePng, jpegWithPlace } from '../pictures.ts'
import { sawRefusal } from '../seen.ts'
import { Shop, Signet } from '../signet.ts'
import { fetched, filesOnDisk, newVisitor } from '../uploads.ts'

let signet: Signet
let shop: Shop

beforeAll(async () => {
  signet = await Signet.start({ config: { attachmentMbPerProject: 60 } })
  shop = await Shop.open(signet)
})
afterAll(() => signet.stop())

const visitor = () => newVisitor(shop)

const codeOf = (upload: Promise<unknown>): Promise<string> =>
  upload.then(
    () => 'accepted',
    (error) => (error instanceof CallRefused ? error.failure.code : String(error)),
  )

const incoming = (): string[] => readdirSync(join(signet.dataDir, 'files', 'incoming'))

describe('what a file is', () => {
  test('[AT1] its bytes say, not its name: a page is text, and comes as a download that no browser runs', async () => {
    const caller = await visitor()
    const html = '<!doctype html><script>alert(1)</script>'
    const made = await caller.upload(shop.id, html, 'picture.png')
    expect(made).toMatchObject({ name: 'picture.png', type: 'text/plain', bytes: html.length, thumbnail: false })
    const { answer, bytes } = await fetched(signet, caller, made.id, { range: 'bytes=0-3' })
    expect(bytes.toString()).toBe(html)
    expect([answer.status, Object.fromEntries(answer.headers)]).toMatchObject([
      200,
      {
        'accept-ranges': 'none',
        'access-control-allow-origin': '*',
        'cache-control': 'private, max-age=300',
        'content-disposition': 'attachment; filename="picture.png"; filename*=UTF-8\'\'picture.png',
        'content-security-policy': "sandbox; default-src 'none'",
        'content-type': 'text/plain; charset=utf-8',
        'cross-origin-resource-policy': 'cross-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
    ])
  })

  test('[AT1] SVG is text, PDF a download, and a program is refused', async () => {
    const caller = await visitor()
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    expect(await caller.upload(shop.id, svg, 'a.svg')).toMatchObject({ type: 'text/plain', thumbnail: false })
    const pdf = await caller.upload(shop.id, '%PDF-1.7\n\0\x01', 'a.pdf')
    expect(pdf.type).toBe('application/pdf')
    expect((await fetched(signet, caller, pdf.id)).answer.headers.get('content-disposition')).toMatch(/^attachment/)
    for (const bytes of ['\x7fELF\x02', 'MZ\x90\0', 'PK\x03\x04', '\0', 'text\x1b[31m']) {
      expect(await codeOf(caller.upload(shop.id, bytes, 'a.txt'))).toBe('attachment_type_not_allowed')
    }
  })

  test('[AT2] a picture is made anew, without where and with what it was taken, and has a small one', async () => {
    const caller = await visitor()
    const original = await jpegWithPlace()
    expect(Buffer.from(original).includes('SecretCam')).toBe(true)
    const made = await caller.upload(shop.id, original, 'holiday.jpg')
    expect(made).toMatchObject({ type: 'image/jpeg', width: 800, height: 600, thumbnail: true })
    const { answer, bytes, thumbnail } = await fetched(signet, caller, made.id)
    expect(bytes.includes('SecretCam')).toBe(false)
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    expect(answer.headers.get('content-disposition')).toMatch(/^inline;/)
    expect(thumbnail?.type).toBe('image/webp')
    expect(await sharp(thumbnail?.bytes).metadata()).toMatchObject({ width: 480 })
  })

  test('[AT2] a moving picture still moves, and its small one is still', async () => {
    const caller = await visitor()
    const made = await caller.upload(shop.id, await animatedGif(), 'a.gif')
    expect(made).toMatchObject({ type: 'image/gif', width: 20, height: 10 })
    const { bytes, thumbnail } = await fetched(signet, caller, made.id)
    expect((await sharp(bytes).metadata()).pages).toBe(3)
    expect((await sharp(thumbnail?.bytes).metadata()).pages ?? 1).toBe(1)
  })

  test('[AT2] a bomb, a broken picture and one under another flag are refused', async () => {
    const caller = await visitor()
    expect(await codeOf(caller.upload(shop.id, hugePng(), 'a.png'))).toBe('image_too_large')
    expect(await codeOf(caller.upload(shop.id, hugePng(100, 100), 'a.png'))).toBe('image_unreadable')
    const broken = new Uint8Array([...Buffer.from('89504e470d0a1a0a', 'hex'), ...Buffer.from('<svg/>')])
    expect(await codeOf(caller.upload(shop.id, broken, 'a.png'))).toBe('image_unreadable')
    expect(incoming()).toEqual([])
  })
})

describe('how much', () => {
  test('[AT3] an empty file and one that is too large are refused, announced or not', async () => {
    const caller = await visitor()
    expect(await codeOf(caller.upload(shop.id, '', 'a.txt'))).toBe('attachment_empty')
    const large = 'x'.repeat(maxAttachmentBytes + 1)
    expect(await codeOf(caller.upload(shop.id, large, 'a.txt'))).toBe('attachment_too_large')
    const unannounced = new ReadableStream<Uint8Array>({
      start(stream) {
        stream.enqueue(Buffer.from(large))
        stream.close()
      },
    })
    const path = `/api/v1/projects/${shop.id}/attachments`
    const asked = { method: 'POST', headers: caller.headers, body: unannounced, duplex: 'half' } as const
    const answer = await fetch(signet.url + path, asked)
    expect([answer.status, await answer.json()]).toMatchObject([413, { error: { code: 'attachment_too_large' } }])
    expect(incoming()).toEqual([])
  })

  test('[AT3] a visitor has fifty files a day, and a project so much in all', async () => {
    const caller = await visitor()
    const one = await caller.upload(shop.id)
    const { database } = signet.app.model
    const row = await database.read
      .selectFrom('attachments')
      .selectAll()
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow()
    const others = Array.from({ length: 49 }, () => ({ ...row, id: newId() }))
    await database.transaction((tx) => tx.query.insertInto('attachments').values(others).execute())
    expect(await codeOf(caller.upload(shop.id))).toBe('attachment_quota_exceeded')
    const usage = (bytes: number) =>
      database.transaction((tx) => tx.rows('update attachment_usage set bytes = bytes + ?', [bytes]))
    await usage(60 * 1_048_576)
    expect(await codeOf(shop.owner.caller.upload(shop.id))).toBe('attachment_quota_exceeded')
    await usage(-60 * 1_048_576)
    expect(await codeOf(shop.owner.caller.upload(shop.id))).toBe('accepted')
  })

  test('[AT3] an agent and an API key have a thousand files a day', async () => {
    const { caller } = await shop.member('agent')
    const { id } = await caller.upload(shop.id)
    const { database } = signet.app.model
    const [row] = await database.read.selectFrom('attachments').selectAll().where('id', '=', id).execute()
    const others = Array.from({ length: 999 }, () => ({ ...(row ?? expect.unreachable()), id: newId() }))
    await database.transaction((tx) => tx.query.insertInto('attachments').values(others).execute())
    expect(await codeOf(caller.upload(shop.id))).toBe('attachment_quota_exceeded')
    signet.clock.advance(86_400_001)
    expect(await codeOf(caller.upload(shop.id))).toBe('accepted')
  })

  test('[AT3] who uploads without end has to wait', async () => {
    const caller = await visitor()
    const codes = []
    for (let tried = 0; tried < 31; tried++) codes.push(await codeOf(caller.upload(shop.id)))
    expect(codes.slice(0, 30)).toEqual(Array(30).fill('accepted'))
    expect(codes.at(-1)).toBe('rate_limited')
  })
})

describe('what does not arrive whole', () => {
  const begin = (url: string, project: string, session: string) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {})
    const heard = { text: '' }
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard.text += text
    })
    const lines = ['host: localhost', `authorization: Bearer ${session}`, 'content-length: 1000', '', 'Half of it']
    socket.write(`POST /api/v1/projects/${project}/attachments HTTP/1.1\r\n${lines.join('\r\n')}`)
    return { socket, heard }
  }

  test('[AT4] a file whose sender leaves in the middle leaves nothing behind', async () => {
    const { session } = await visitor()
    const { socket } = begin(signet.url, shop.id, session)
    await vi.waitFor(() => expect(incoming()).toHaveLength(1), { timeout: 20_000, interval: 5 })
    socket.destroy()
    await vi.waitFor(() => expect(incoming()).toEqual([]), { timeout: 20_000 })
  })

  test('[AT4] a file that hangs on the way is refused in the end, and leaves nothing behind', async () => {
    const impatient = await Signet.start({ seams: { uploads: { uploadMs: 100 } } })
    const { id, session } = await Shop.open(impatient).then(async (own) => ({ id: own.id, ...(await own.signIn()) }))
    const { socket, heard } = begin(impatient.url, id, session)
    await vi.waitFor(() => expect(heard.text).toContain('upload_too_slow'), { timeout: 20_000 })
    sawRefusal('POST /projects/:project/attachments', 'upload_too_slow')
    expect(heard.text).toMatch(/^HTTP\/1\.1 408 /)
    expect(readdirSync(join(impatient.dataDir, 'files', 'incoming'))).toEqual([])
    socket.destroy()
    await impatient.stop()
  })

  test('[AT4][DL8] one that is under way when the server stops is refused, to be sent again to the next', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'signet-stopping-'))
    const stopping = await Signet.start({ dataDir, seams: { uploads: { hurryMs: 50 } } })
    const own = await Shop.open(stopping)
    const caller = await newVisitor(own)
    const { heard } = begin(stopping.url, own.id, caller.session)
    const half = () =>
      readdirSync(dataDir, { recursive: true }).filter((name) => /incoming.[0-9a-f]/.test(String(name)))
    await vi.waitFor(() => expect(half()).toHaveLength(1), { timeout: 20_000, interval: 5 })
    await stopping.stopPolitely()
    expect(heard.text).toMatch(/^HTTP\/1\.1 503 .*retry-after: 5\r\n.*"unavailable"/s)
    expect(half()).toEqual([])
    const next = await Signet.start({ dataDir })
    const { id } = await next.visitor(caller.session).upload(own.id, 'All of it')
    expect((await fetched(next, next.visitor(caller.session), id)).bytes.toString()).toBe('All of it')
    expect(await next.app.model.database.rows('select file from files_to_delete', [])).toEqual([])
    await next.stop()
    rmSync(dataDir, { recursive: true })
  })
})

describe('names', () => {
  test('[AT5] of a name only its last part counts, and nothing in it reaches a header or a path', async () => {
    const caller = await visitor()
    const nasty = '../../etc/“a”\r\nset-cookie: x=1\u202egpj.txt'
    const { id, name } = await caller.upload(shop.id, 'text', nasty)
    expect(name).toBe('“a”set-cookie: x=1gpj.txt')
    const { answer } = await fetched(signet, caller, id)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="_a_set-cookie_ x_1gpj.txt"; filename*=UTF-8\'\'%E2%80%9Ca%E2%80%9Dset-cookie%3A%20x%3D1gpj.txt',
    )
    expect(filesOnDisk(signet).every((file) => /^[0-9a-f]{40}$/.test(file))).toBe(true)
  })
})
