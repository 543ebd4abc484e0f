import { type Api, ApiError } from '../../../client/api.ts'
import type { Erasing } from '../../stores/erasing.ts'

/** `begun`: gone for everybody, and what is left of him goes by itself. */
export type Outcome = 'all' | 'begun'

/** Erasing much takes longer than a request may: whoever hears nothing asks whether he is still there. */
export async function erasePerson(api: Api, { projectId, visitorId }: Erasing): Promise<Outcome> {
  const params = { project: projectId, visitor: visitorId }
  try {
    await api('DELETE /projects/:project/visitors/:visitor', { params })
    return 'all'
  } catch (error) {
    // Somebody else was faster.
    if (isGone(error)) return 'begun'
    if (!isSilence(error)) throw error
    const still = await api('GET /projects/:project/visitors/:visitor', { params }).catch((second) => second)
    if (isGone(still)) return 'begun'
    throw error
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'not_found' && error.field === 'visitor'
}

function isSilence(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'offline' || error.code === 'unavailable')
}
