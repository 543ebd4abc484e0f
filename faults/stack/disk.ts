/** A small disk of its own for the data folder, which can be filled up. */
import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export class Disk {
  readonly folder = mkdtempSync(join(tmpdir(), 'signet-faults-'))
  /** False where this account may not mount: then there is only a folder, and it cannot be filled. */
  readonly canFill: boolean

  /** Without a size it is a folder like any other. */
  constructor(megabytes: number | undefined) {
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.folder]
    const may = megabytes !== undefined && process.platform === 'linux'
    this.canFill = may && spawnSync('mount', options).status === 0
    // PostgreSQL has a folder of its own in it, under another account.
    if (process.getuid?.() === 0) chmodSync(this.folder, 0o755)
  }

  /** Takes what is left, but for so much. */
  fill(leave: number): void {
    if (!this.canFill) return
    const { bavail, bsize } = statfsSync(this.folder)
    const file = openSync(join(this.folder, 'filler'), 'w')
    try {
      writeAll(file, Math.max(0, bavail * bsize - leave))
    } finally {
      closeSync(file)
    }
  }

  empty(): void {
    rmSync(join(this.folder, 'filler'), { force: true })
  }

  remove(): void {
    if (this.canFill) spawnSync('umount', ['-l', this.folder])
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const block = Buffer.alloc(1 << 20)

function writeAll(file: number, bytes: number): void {
  try {
    for (let left = bytes; left > 0; ) left -= writeSync(file, block, 0, Math.min(block.length, left))
  } catch (error) {
    // Somebody else has taken the rest.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
