import { makeReport } from '../../model/report/report.ts'
import { requireActor } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function reportRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  route('GET /projects/:project/reports', async ({ params, query }, request) => {
    const actor = await requireActor(model, request, publicUrl(), params.project, 'readReports')
    return makeReport(model, actor, query)
  })
}
