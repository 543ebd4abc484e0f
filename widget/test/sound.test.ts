import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { soundOnce } from '../panel/sound.ts'

let played = 0

class FakeAudio {
  currentTime = 0
  destination = {}
  constructor() {
    played++
  }
  createGain() {
    const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} }
    return { gain, connect: () => {} }
  }
  createOscillator() {
    return { frequency: {}, connect: (next: unknown) => next, start() {}, stop() {} }
  }
  close = async () => {
    throw new Error('closed already')
  }
}

/** Of locks only what is asked for: who comes first has it, the others do not wait. */
function fakeLocks() {
  const held = new Set<string>()
  return {
    async request(name: string, _options: object, task: (lock: object | null) => Promise<void>) {
      if (held.has(name)) return task(null)
      held.add(name)
      await task({ name }).finally(() => held.delete(name))
    },
  }
}

function browser(navigator: object): void {
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: true }, ...navigator })
}

beforeEach(() => {
  played = 0
  vi.useFakeTimers()
  vi.stubGlobal('AudioContext', FakeAudio)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('two tabs that hear of a message make one sound, and one more for the next message', async () => {
  browser({ locks: fakeLocks() })
  const heard = Promise.all([soundOnce('m1'), soundOnce('m1'), soundOnce('m2')])
  await vi.runAllTimersAsync()
  await heard
  expect(played).toBe(2)
})

test('before somebody has touched the page there is no sound, and no error', async () => {
  browser({ userActivation: { hasBeenActive: false } })
  await soundOnce('m1')
  expect(played).toBe(0)
})

test('a browser without locks sounds; one without sound, or whose locks fail, keeps it to itself', async () => {
  browser({})
  await soundOnce('m1')
  expect(played).toBe(1)
  // The context does not close, either.
  await vi.runAllTimersAsync()
  vi.stubGlobal('AudioContext', undefined)
  await soundOnce('m2')
  browser({ locks: { request: () => Promise.reject(new Error('not on this page')) } })
  await soundOnce('m3')
  browser({ locks: fakeLocks() })
  const quiet = soundOnce('m4')
  await vi.runAllTimersAsync()
  await quiet
  expect(played).toBe(1)
})
