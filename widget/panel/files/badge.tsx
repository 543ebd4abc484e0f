/** @jsxImportSource preact */
const marks: Record<string, string> = { 'application/pdf': 'PDF', 'text/plain': 'TXT' }
const leaf = 'M14 3H6v18h12V7zM14 3v4h4'

/** The kind of a file, drawn; it is said in words beside it. */
export function Badge({ type }: { type: string }) {
  const mark = marks[type]
  return (
    <span class="badge-file" aria-hidden="true">
      {mark ?? (
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={leaf} />
        </svg>
      )}
    </span>
  )
}
