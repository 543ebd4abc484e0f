/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useSurroundings } from '../app.tsx'
import { useAtom } from '../use-atom.ts'
import { paint } from './pictures.ts'

interface Props {
  /** In CSS pixels: the place is there before the picture. */
  width: number
  height: number
  load(): Promise<Blob>
  /** Whether it is there, or cannot be had for now. */
  settled: (isGone: boolean) => void
}

const finer = Math.min(2, Math.ceil(globalThis.devicePixelRatio || 1))

/** Fetched when it comes near the screen, and once more when the connection is back. What it is, stands beside it. */
export function Picture({ width, height, load, settled }: Props) {
  const { chat } = useSurroundings()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isNear, setNear] = useState(false)
  const [isPainted, setPainted] = useState(false)
  const isOnline = useAtom(chat.link) === 'open'

  useLayoutEffect(() => {
    if (canvas.current) canvas.current.style.width = `${width}px`
  }, [width])

  useEffect(() => {
    const element = canvas.current
    if (!element || isNear) return
    const observer = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { root: element.closest('.thread'), rootMargin: '200px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [isNear])

  // biome-ignore lint/correctness/useExhaustiveDependencies: being online again is a reason to try once more
  useEffect(() => {
    if (!isNear || isPainted) return
    let isHere = true
    const begin = async () => {
      const picture = await load()
      if (!isHere || !canvas.current) return
      await paint(canvas.current, picture)
      setPainted(true)
      settled(false)
    }
    begin().catch(() => isHere && settled(true))
    return () => {
      isHere = false
    }
  }, [isNear, isOnline, isPainted])

  return <canvas ref={canvas} class={isPainted ? 'painted' : ''} width={width * finer} height={height * finer} />
}
