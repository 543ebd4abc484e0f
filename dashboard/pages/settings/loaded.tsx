import type { ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { Bone, Waiting } from '../../parts/skeleton.tsx'
import { sentenceFor } from '../../stores/api.ts'

interface Asked<D> {
  data: D | undefined
  error: unknown
  refetch: () => unknown
}

interface LoadedProps<D> {
  query: Asked<D>
  /** Of the shape that stands there meanwhile, in pixels. */
  height: number
  children: (data: D) => ReactNode
}

/** What was asked of the server: its shape, then itself; or why it did not come, and the way to ask again. */
export function Loaded<D>({ query: { data, error, refetch }, height, children }: LoadedProps<D>) {
  if (data !== undefined) return children(data)
  if (error) {
    return (
      <div className="blank" role="alert">
        <p>{sentenceFor(error)}</p>
        <p>
          <Button size="small" onPress={() => void refetch()}>
            Try again
          </Button>
        </p>
      </div>
    )
  }
  return (
    <div style={{ minHeight: height }}>
      <Waiting>
        <Bone width="100%" height={height} />
      </Waiting>
    </div>
  )
}
