import { requireMember } from '../../model/agent/membership.ts'
import { makeReport } from '../../model/report/report.ts'
import { requireAgent } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function reportRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  route('GET /projects/:project/reports', async ({ params, query }, request) => {
    const caller = await requireAgent(model, request, publicUrl())
    return makeReport(model, await requireMember(model, caller, params.project, 'readReports'), query)
  })
}
