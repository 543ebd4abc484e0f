import type { Standing } from './standing.ts'

/** Our one ornament: a filled check for verified now, an outlined one for verified earlier, nothing for the rest. */
export function Seal({ standing, size }: { standing: Standing; size: number }) {
  if (standing !== 'verified' && standing !== 'verified_earlier') return null
  const now = standing === 'verified'
  return (
    <svg className={`seal seal-${standing}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r={now ? 8 : 7.1} className="seal-disc" />
      <path d="m4.7 8.3 2.3 2.3 4.3-4.9" className="seal-check" />
    </svg>
  )
}
