import { expect, test } from 'vitest'
import { createLinks } from '../attachment-links.ts'
import { createUpload } from '../attachments.ts'
import { fakeClock } from './fake-clock.ts'

/** As much of an XMLHttpRequest as is used; the test is its server. */
class FakeRequest extends EventTarget {
  readonly upload = new EventTarget()
  readonly headers: Record<string, string> = {}
  address = ''
  status = 0
  responseText = ''

  open(_method: string, address: string) {
    this.address = address
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  send() {}
  abort() {
    this.#end('abort')
  }
  move(loaded: number, total: number) {
    this.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded, total }))
  }
  answer(status: number, body: unknown) {
    this.status = status
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body)
    this.#end('load')
  }
  #end(name: string) {
    this.dispatchEvent(new Event(name))
    this.dispatchEvent(new Event('loadend'))
  }
}

function setUp() {
  const request = new FakeRequest()
  const clock = fakeClock()
  const upload = createUpload({
    baseUrl: 'https://chat.test',
    project: 'p 1',
    session: () => 'session-1',
    clock,
    // A double: it does what is asked of it, not all that the browser's can.
    openRequest: () => request as unknown as XMLHttpRequest,
  })
  return { request, clock, upload }
}

const file = new File(['abc'], 'a ü&\0.png')

test('a file goes as its bytes, under the visitor’s session, and tells how far it is', async () => {
  const { request, upload } = setUp()
  const shares: number[] = []
  const uploading = upload(file, { onProgress: (share) => shares.push(share) })
  request.move(1, 4)
  request.move(4, 4)
  request.answer(201, { id: 'a1' })
  expect(await uploading).toEqual({ id: 'a1' })
  expect(shares).toEqual([0.25, 1])
  expect(request.address).toBe('https://chat.test/api/v1/projects/p%201/attachments?name=a%20%C3%BC%26.png')
  expect(request.headers).toEqual({ 'content-type': 'application/octet-stream', authorization: 'Bearer session-1' })
})

test('a refusal has its code, also that of a proxy in between', async () => {
  const one = setUp()
  const refused = one.upload(file)
  one.request.answer(415, { error: { code: 'attachment_type_not_allowed', message: 'No.' } })
  await expect(refused).rejects.toMatchObject({ code: 'attachment_type_not_allowed', status: 415 })
  const other = setUp()
  const broken = other.upload(file)
  other.request.answer(502, '<h1>Bad gateway</h1>')
  await expect(broken).rejects.toMatchObject({ code: 'unavailable' })
})

test('whoever cancels hears his own reason; a wire that has gone quiet is no wire', async () => {
  const one = setUp()
  const controller = new AbortController()
  const cancelled = one.upload(file, { signal: controller.signal })
  controller.abort()
  await expect(cancelled).rejects.toBe(controller.signal.reason)
  const other = setUp()
  const stuck = other.upload(file)
  other.clock.advance(59_000)
  other.request.move(1, 3)
  other.clock.advance(61_000)
  await expect(stuck).rejects.toMatchObject({ code: 'offline' })
})

test('a link is asked for once while it is good, and anew before it runs out', async () => {
  const clock = fakeClock()
  let asked = 0
  const linkTo = createLinks(async (id) => {
    asked++
    return { url: `/${id}/${asked}`, thumbnailUrl: null, expiresAt: clock.now() + 300_000 }
  }, clock)
  await Promise.all([linkTo('a'), linkTo('a')])
  clock.advance(260_000)
  expect((await linkTo('a')).url).toBe('/a/1')
  clock.advance(20_000)
  expect((await linkTo('a')).url).toBe('/a/2')
})

test('a link that was refused is asked for again', async () => {
  let asked = 0
  const linkTo = createLinks(async () => {
    asked++
    throw new Error('no')
  })
  await expect(linkTo('a')).rejects.toThrow()
  await expect(linkTo('a')).rejects.toThrow()
  expect(asked).toBe(2)
})

test('of a name that is too long the end is sent, and no sign is cut in two', async () => {
  const { request, upload } = setUp()
  const uploading = upload(new File(['abc'], `${'🙂'.repeat(200)}a.png`))
  request.answer(201, {})
  await uploading
  expect(decodeURIComponent(request.address)).toMatch(/=(🙂)+a\.png$/u)
})
