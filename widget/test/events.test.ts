import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEvents } from '../events.ts'

const written = vi.fn()

beforeEach(() => {
  written.mockReset()
  vi.spyOn(console, 'error').mockImplementation(written)
})
afterEach(() => {
  vi.restoreAllMocks()
})

function listen(names: string[]) {
  const events = createEvents(new EventTarget(), 'https://chat.test')
  const heard: string[] = []
  for (const name of names) events.on(name, () => heard.push(name))
  return { events, heard }
}

test('[WG1] an event is dispatched under its old name first, then under its new one', () => {
  const { events, heard } = listen(['onLoadParams', 'loadParams'])
  events.dispatch('onLoadParams', {})
  expect(heard).toEqual(['loadParams', 'onLoadParams'])
})

test('handlers run at once, in the order of their registration, with the data in detail', () => {
  const events = createEvents(new EventTarget(), 'https://chat.test')
  const heard: unknown[] = []
  events.on('isLoggedIn', (event: CustomEvent) => heard.push(event.detail))
  events.on('isLoggedIn', () => heard.push('second'))
  events.dispatch('isLoggedIn', true)
  expect(heard).toEqual([true, 'second'])
})

test('[WG6] a handler that throws or rejects harms nobody and is reported once', async () => {
  const { events, heard } = listen(['onOpen'])
  const troubles: unknown[] = []
  events.on('onError', (event: CustomEvent) => troubles.push(event.detail.code))
  events.on('onOpen', () => {
    throw new Error('broken')
  })
  events.on('onOpen', () => Promise.reject(new Error('broken later')))
  events.on('onOpen', () => heard.push('last'))
  events.dispatch('onOpen', {})
  await Promise.resolve()
  expect(heard).toEqual(['onOpen', 'last'])
  expect(troubles).toEqual(['page_callback_failed', 'page_callback_failed'])
  expect(written).toHaveBeenCalledTimes(2)
})

test('[WG6] a handler of onError that throws does not go round in circles', () => {
  const events = createEvents(new EventTarget(), 'https://chat.test')
  events.on('onError', () => {
    throw new Error('broken')
  })
  events.report({ code: 'token_expired', message: 'The token has expired.' })
  expect(written).toHaveBeenCalledTimes(2)
})

test('what is not a function is not registered', () => {
  const events = createEvents(new EventTarget(), 'https://chat.test')
  events.on('onOpen', undefined)
  events.dispatch('onOpen', {})
  expect(written).not.toHaveBeenCalled()
})
