import type { ReadableAtom } from 'nanostores'
import { useEffect, useState } from 'preact/hooks'

export function useAtom<T>(atom: ReadableAtom<T>): T {
  const [, redraw] = useState(0)
  useEffect(() => atom.subscribe(() => redraw((count) => count + 1)), [atom])
  return atom.get()
}
