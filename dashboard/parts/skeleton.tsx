import { type ReactNode, useEffect, useState } from 'react'
import '../styles/skeleton.css'

const quietMs = 300
const sentenceMs = 3_000

interface WaitingProps {
  /** The shape of what will come. */
  children: ReactNode
}

/** Nothing for 300 ms, then a shape, after 3 seconds a sentence too. */
export function Waiting({ children }: WaitingProps) {
  const [stage, setStage] = useState<'quiet' | 'shape' | 'sentence'>('quiet')
  useEffect(() => {
    const timers = [setTimeout(() => setStage('shape'), quietMs), setTimeout(() => setStage('sentence'), sentenceMs)]
    return () => {
      for (const timer of timers) clearTimeout(timer)
    }
  }, [])
  if (stage === 'quiet') return null
  return (
    <div className="waiting" role="status">
      <span className="visually-hidden">Loading</span>
      <div aria-hidden="true">{children}</div>
      {stage === 'sentence' && <p className="waiting-sentence">Still loading. The connection is slow.</p>}
    </div>
  )
}

export function Bone({ width, height = 12, round }: { width: number | string; height?: number; round?: boolean }) {
  return <span className="bone" style={{ width, height, borderRadius: round ? '50%' : Math.min(10, height / 3) }} />
}
