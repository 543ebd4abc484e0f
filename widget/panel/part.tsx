/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useSurroundings } from './app.tsx'
import type { PartName } from './more/more.tsx'
import { type More, moreOf, present } from './more.ts'
import { Skeleton } from './skeleton.tsx'

interface Props {
  name: PartName
  /** What it is about, where there may be several of it. */
  about?: string
  /** Nothing is expected here in the meantime: no sign of waiting. */
  isAside?: boolean
}

/**
 * A part of the panel that is fetched when somebody gets there. It draws itself into this element: after a failed load
 * of the panel there may be two copies of what both are built on, and neither must rely on the other's.
 */
export function Part({ name, about = '', isAside }: Props) {
  const surroundings = useSurroundings()
  const place = useRef<HTMLDivElement>(null)
  const [more, setMore] = useState<More | undefined>(present)

  useEffect(() => {
    let isHere = true
    if (!more) moreOf(surroundings, place.current).then((it) => isHere && setMore(it))
    return () => {
      isHere = false
    }
  }, [surroundings, more])

  useLayoutEffect(() => {
    const element = place.current
    if (!more || !element) return
    more.draw(element, name, about, surroundings)
    return () => more.clear(element)
  }, [surroundings, more, name, about])

  return (
    <>
      <div ref={place} class="part" />
      {!more && !isAside && <Skeleton />}
    </>
  )
}
