import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for one process's data, on the disk that is measured (TMPDIR chooses it); gone when the process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signet-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Ends a program of the benchmark in the way in which its folder is removed. */
export function exitOnSignal(): void {
  process.once('SIGTERM', () => process.exit())
}
