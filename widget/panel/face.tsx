/** @jsxImportSource preact */
/** A person's initial; the name stands beside it, so it says nothing to a screen reader. */
export function Face({ name }: { name: string }) {
  return (
    <span class="face" aria-hidden="true">
      {Array.from(name.trim())[0]?.toLocaleUpperCase() ?? '·'}
    </span>
  )
}
