import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Longer than any upload takes; another node may have its own ones here. */
const oldMs = 3_600_000

/** One of the chores of housekeeping: what a crash has left of files that were coming in. */
export async function sweepIncoming(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const facts = await stat(path).catch(() => undefined)
    if (facts && Date.now() - facts.mtimeMs > oldMs) await rm(path, { force: true })
  }
  return false
}
