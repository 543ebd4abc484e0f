import { defineConfig } from 'vitest/config'
import { patienceMs } from './browser.ts'

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    // Each has servers and a browser of its own, so that a third would have nobody to run it on a small machine.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: patienceMs } },
    retry: 0,
  },
})
