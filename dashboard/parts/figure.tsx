import { seedOf } from './hue.ts'

/** A face for somebody without a name: three shapes, the same each time for the same visitor. */
export function Figure({ id }: { id: string }) {
  const seed = seedOf(id)
  const turn = (seed % 8) * 45
  const wide = 8 + ((seed >>> 4) % 5)
  const shift = ((seed >>> 8) % 9) - 4
  const arc = (seed >>> 12) % 2 === 0
  return (
    <svg className="figure" viewBox="0 0 32 32" aria-hidden="true">
      <g transform={`rotate(${turn} 16 16)`}>
        <rect className="figure-ground" x="-8" y={16 + shift} width="48" height="32" />
        {arc ? (
          <path className="figure-shape" d={`M${16 - wide} 16a${wide} ${wide} 0 0 1 ${wide * 2} 0z`} />
        ) : (
          <circle className="figure-shape" cx={16 + shift} cy="12" r={wide - 3} />
        )}
        <circle className="figure-dot" cx={16 - shift} cy={24 + shift / 2} r={3.5 + (seed % 3)} />
      </g>
    </svg>
  )
}
