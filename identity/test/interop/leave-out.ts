import { test } from 'vitest'

/** A skipped test with its reason, said on its own line too: reporters name only what failed. */
export function leaveOut(what: string, why: string) {
  process.stdout.write(`Not run: ${what}, because ${why}\n`)
  test.skip(`${what} is not run: ${why}`)
}
