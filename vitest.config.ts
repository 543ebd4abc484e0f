import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{protocol,identity,server,client,widget,dashboard,scripts,bench,fuzz,examples}/**/*.test.{ts,tsx}'],
    coverage: {
      include: ['{protocol,identity,server,client}/**/*.ts'],
      exclude: ['**/test/**'],
      reporter: ['text-summary'],
    },
  },
})
