import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{protocol,identity,server,client,widget,dashboard,scripts,bench,fuzz,examples}/**/*.test.{ts,tsx}'],
    // Of two processors Vitest would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    coverage: {
      include: ['{protocol,identity,server,client}/**/*.ts'],
      exclude: ['**/test/**'],
      reporter: ['text-summary'],
    },
  },
})
