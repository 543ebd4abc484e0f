import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{protocol,identity,server,client,widget,dashboard,scripts,bench,fuzz,examples}/**/*.test.{ts,tsx}'],
    // Of two processors Vitest would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What is measured is real servers under load: more of them at once starve each other.
    maxConcurrency: 2,
    // Of whatever has come to a stop, not of what is slow: the machine may have much else to do.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    coverage: {
      include: ['{protocol,identity,server,client}/**/*.ts'],
      exclude: ['**/test/**'],
      reporter: ['text-summary'],
    },
  },
})
