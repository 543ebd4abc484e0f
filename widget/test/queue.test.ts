import { expect, test } from 'vitest'
import { createQueue } from '../queue.ts'

type Stub = ((...given: unknown[]) => void) & { q: IArguments[] }

/** The stub as pages have it. */
function stub(): Stub {
  const calls: IArguments[] = []
  return Object.assign(
    function push() {
      // biome-ignore lint/complexity/noArguments: this is what pages push
      calls.push(arguments)
    },
    { q: calls },
  )
}

function setUp() {
  const page: { Tiledesk?: unknown } = {}
  const done: string[] = []
  const methods = { open: () => done.push('open'), add: (a: number, b: number) => a + b, color: 'red' }
  const queue = createQueue(page, methods, (name) => done.push(`on ${name}`))
  const call = (...given: unknown[]): unknown => {
    if (typeof page.Tiledesk !== 'function') throw new Error('no Tiledesk')
    return page.Tiledesk(...given)
  }
  return { page, done, queue, call }
}

test('[WG2] what waits is done in the steps of a start', () => {
  const { page, done, queue, call } = setUp()
  page.Tiledesk = stub()
  call('onInit', () => {})
  call('open')
  call('onLoadParams', () => {})
  queue.beforeLoadParams()
  expect(done).toEqual(['on onLoadParams'])
  call('onOpen', () => {})
  queue.beforeInit()
  expect(done).toEqual(['on onLoadParams', 'on onInit', 'on onOpen'])
  queue.open()
  expect(done.at(-1)).toBe('open')
})

test('[WG2] afterwards every call is made at once, with all its arguments and its result', () => {
  const { queue, call, done } = setUp()
  queue.open()
  expect(call('add', 2, 3)).toBe(5)
  expect(call('color')).toBe('red')
  call('onClose', () => {})
  expect(done).toEqual(['on onClose'])
})
