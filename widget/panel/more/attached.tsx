/** @jsxImportSource preact */
import { useFiles } from './files-module.ts'

/** The files of a message, in its bubble. */
export function Attached({ about }: { about: string }) {
  const files = useFiles(true)
  return files ? <files.InBubble about={about} /> : null
}
