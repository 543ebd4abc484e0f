/** @jsxImportSource preact */
import { useSurroundings } from './app.tsx'
import { useLater } from './use-later.ts'

/** Nothing for a moment (the styles wait), then the shape of a conversation, then a sentence. */
export function Skeleton() {
  const { texts } = useSurroundings()
  const isVerySlow = useLater(true, 3_000)
  return (
    <div class="middle">
      <div class="thread skeleton" aria-hidden="true">
        <i />
        <i />
        <i class="mine" />
        <i />
      </div>
      <p class="link-state" role="status">
        {isVerySlow && texts.waiting}
      </p>
    </div>
  )
}
