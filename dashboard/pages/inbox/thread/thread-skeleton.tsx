import { Bone } from '../../../parts/skeleton.tsx'

const shapes = [
  ['left', 220],
  ['left', 300],
  ['right', 260],
  ['left', 180],
  ['right', 320],
] as const

export function ThreadSkeleton() {
  return (
    <div className="thread-skeleton">
      {shapes.map(([side, width]) => (
        <span key={width} data-side={side}>
          <Bone width={width} height={38} />
        </span>
      ))}
    </div>
  )
}
