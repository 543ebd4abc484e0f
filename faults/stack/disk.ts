/** A small disk of its own for the data folder, which can be filled up. */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export class Disk {
  readonly folder = mkdtempSync(join(tmpdir(), 'signet-faults-'))
  /** False where this account may not mount: then there is only a folder, and it cannot be filled. */
  readonly canFill: boolean

  constructor(megabytes: number) {
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.folder]
    this.canFill = process.platform === 'linux' && spawnSync('mount', options).status === 0
  }

  /** Takes what is left, down to the last page. */
  fill(): void {
    if (!this.canFill) return
    const file = openSync(join(this.folder, 'filler'), 'w')
    try {
      for (const block of [1 << 20, 4096]) writeUntilFull(file, Buffer.alloc(block))
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

function writeUntilFull(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) === block.length);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
