import { useEffect, useState } from 'preact/hooks'

/** True when `condition` has held for this long. */
export function useLater(condition: boolean, ms: number): boolean {
  const [isLater, setLater] = useState(false)
  useEffect(() => {
    setLater(false)
    if (!condition) return
    const timer = setTimeout(() => setLater(true), ms)
    return () => clearTimeout(timer)
  }, [condition, ms])
  return condition && isLater
}
