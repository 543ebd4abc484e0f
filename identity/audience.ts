import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'

/** VT12. `legacyId` is the id that the project had in the chat it moved here from. */
export function refuseOtherAudience(claims: JsonObject, project: { id: string; legacyId: string | null }): void {
  if (!claims.has('aud')) return
  const given = claims.get('aud')
  const audiences: unknown[] = Array.isArray(given) ? given : [given]
  const ids = [project.id, project.legacyId].filter((id) => id !== null)
  const meant = audiences.some((audience) => typeof audience === 'string' && ids.some((id) => names(audience, id)))
  if (!meant) throw new TokenRefused('audience_mismatch', { field: 'aud' })
}

function names(audience: string, id: string): boolean {
  return audience === id || audience.endsWith(`/projects/${id}`)
}
