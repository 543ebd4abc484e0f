/**
 * What an agent has chosen and not sent. While the page lives the files are in its hands, whichever conversation is open.
 * Over a reload those outlive it that the server has by then; of the others their names, so that nobody misses them.
 */
import type { PickedFile } from '../../client/picked-file.ts'
import type { KeptFile, Uploads } from '../../client/uploads.ts'

/** A tab's own: another tab has not got these files in its hands. */
const keyOf = (owner: string) => `signet:draft-files:${owner}`

type Kept = Record<string, KeptFile[]>

/** Gives the composers what an earlier page had in them. Until the function that comes back is called. */
export function keepDraftFiles(uploads: Uploads, owner: string): () => void {
  for (const [place, files] of Object.entries(recall(owner))) uploads.restore(place, files)
  return uploads.files.listen((files) => keep(owner, byPlace(files)))
}

function keep(owner: string, files: Kept) {
  try {
    sessionStorage.setItem(keyOf(owner), JSON.stringify(files))
  } catch {
    // Without storage they live as long as the page.
  }
}

function recall(owner: string): Kept {
  try {
    return parse(JSON.parse(sessionStorage.getItem(keyOf(owner)) ?? '{}'))
  } catch {
    return {}
  }
}

function byPlace(files: readonly PickedFile[]): Kept {
  const kept: Kept = {}
  for (const { place, attachment, name, type, bytes } of files) {
    if (place !== undefined) kept[place] = [...(kept[place] ?? []), attachment ?? { name, type, bytes }]
  }
  return kept
}

/** What a browser has kept may be of another version. */
function parse(kept: unknown): Kept {
  if (!isRecord(kept)) return {}
  const places = Object.entries(kept).map(([place, files]) => [place, Array.isArray(files) ? files.filter(isKept) : []])
  return Object.fromEntries(places)
}

function isKept(value: unknown): value is KeptFile {
  if (!isRecord(value)) return false
  const { name, type, bytes } = value
  if (typeof name !== 'string' || typeof type !== 'string' || typeof bytes !== 'number') return false
  return !('id' in value) || (typeof value.id === 'string' && typeof value.thumbnail === 'boolean')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
