import { TokenRefused } from './errors.ts'
import type { JsonObject } from './json-object.ts'

interface Project {
  id: string
  /** The id that the project had in the chat it moved here from. */
  legacyId: string | null
}

/** VT12. */
export function refuseOtherAudience(claims: JsonObject, project: Project): void {
  if (claims.has('aud') && !isMeantFor(claims, project)) throw new TokenRefused('audience_mismatch', { field: 'aud' })
}

/** Does `aud`, one or several, name the project: by an id of its, or by an address that ends with it? */
export function isMeantFor(claims: JsonObject, { id, legacyId }: Project): boolean {
  const given = claims.get('aud')
  const audiences: unknown[] = Array.isArray(given) ? given : [given]
  const ids = [id, legacyId].filter((each) => each !== null)
  return audiences.some((audience) => typeof audience === 'string' && ids.some((each) => names(audience, each)))
}

function names(audience: string, id: string): boolean {
  return audience === id || audience.endsWith(`/projects/${id}`)
}
