/** A visitor comes in: with a token that his site has signed, or as nobody in particular. */
import { type Api, textIn } from './api.ts'
import { Seat } from './seat.ts'
import type { Site } from './site.ts'

export interface Visit {
  visitorId: string
  seat: Seat
}

/** Without an external id he has no name, and no way back in. */
export async function visit(page: Api, project: string, site: Site, externalId: string | undefined): Promise<Visit> {
  const path = `/projects/${project}/visitor-sessions`
  const bodyFor = (previousSession?: string) =>
    externalId === undefined ? {} : { token: site.token(externalId), previousSession }
  const enter = async (previous: string | undefined) => {
    if (externalId === undefined) return undefined
    const answer = await page.ask('POST', path, bodyFor(previous))
    return answer?.status === 201 ? textIn(answer.body, 'session') : undefined
  }
  const { body } = await page.insist('POST', path, bodyFor())
  const headers = (token: string) => ({ authorization: `Bearer ${token}` })
  const seat = new Seat(textIn(body, 'session'), {
    enter,
    headers,
    returns: externalId !== undefined,
    path: '/visitor-session',
  })
  return { visitorId: textIn(body, 'visitor', 'id'), seat }
}
