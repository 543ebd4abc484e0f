/** What a backup says of itself. */
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isAttachment } from './attachment-files.ts'
import { CommandError } from './command.ts'
import { sha256Of } from './files.ts'

export const manifestFile = 'manifest.json'

export interface Manifest {
  /** The version of Signet that made it, and the last step of its database's schema. */
  signet: string
  schema: string
  takenAt: string
  epoch: string
  masterKey: 'included' | 'not included'
  /** Rows by table. */
  rows: Record<string, number>
  files: Record<string, FileFacts>
}

interface FileFacts {
  bytes: number
  sha256: string
}

export async function factsOf(path: string): Promise<FileFacts> {
  return { bytes: statSync(path).size, sha256: await sha256Of(path) }
}

/** The manifest of this backup, once every file is what it says. */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = parseManifest(folder)
  for (const [name, expected] of Object.entries(manifest.files)) {
    const found = await factsOf(join(folder, name)).catch(() => undefined)
    if (!found) throw new CommandError(`The backup is not whole: ${name} is missing.`)
    if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256) {
      throw new CommandError(`The backup is damaged: ${name} is not what it was when the backup was made.`)
    }
  }
  return manifest
}

function parseManifest(folder: string): Manifest {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(join(folder, manifestFile), 'utf8'))
  } catch {
    throw new CommandError(`${folder} is no backup of Signet: it has no ${manifestFile} that can be read.`)
  }
  if (!isManifest(value)) throw new CommandError(`${manifestFile} in ${folder} is not one that this version knows.`)
  return value
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || !isRecord(value.rows) || !isRecord(value.files)) return false
  const texts = [value.signet, value.schema, value.takenAt, value.epoch, value.masterKey]
  const facts = Object.entries(value.files).every(([name, file]) => isName(name) && isFacts(file))
  return texts.every((text) => typeof text === 'string') && facts
}

const isName = (name: string): boolean => name === basename(name) || isAttachment(name)

const isFacts = (value: unknown): boolean =>
  isRecord(value) && typeof value.bytes === 'number' && typeof value.sha256 === 'string'

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
