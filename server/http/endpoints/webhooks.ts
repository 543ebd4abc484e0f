import type { FastifyRequest } from 'fastify'
import { requireMember } from '../../model/agent/membership.ts'
import { Allowance } from '../../model/allowance.ts'
import { webhookEtag } from '../../model/etag.ts'
import { listDeliveries, resendDelivery, sendTest } from '../../model/webhook/delivery.ts'
import { listWebhooks } from '../../model/webhook/list.ts'
import { addWebhook, changeWebhook, removeWebhook, rotateWebhookSecret } from '../../model/webhook/webhook.ts'
import { requireAgent } from '../caller.ts'
import { readLimit } from '../limit.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'
import { tag, versionMeant } from '../version.ts'

export function webhookRoutes(route: Route, { model, publicUrl }: HttpParts): void {
  const member = async (request: FastifyRequest, project: string) =>
    requireMember(model, await requireAgent(model, request, publicUrl()), project, 'manageWebhooks')

  // To an address that anybody with a project may type: that must be no way to have somebody called all the time.
  const tests = new Allowance({ perMinute: 6, burst: 10, now: model.now })

  route('GET /projects/:project/webhooks', async ({ params }, request) => ({
    webhooks: await listWebhooks(model, await member(request, params.project)),
  }))

  route('POST /projects/:project/webhooks', async ({ params, body }, request) =>
    addWebhook(model, await member(request, params.project), body, request.ip),
  )

  route('PATCH /projects/:project/webhooks/:webhook', async ({ params, body }, request, reply) => {
    const actor = await member(request, params.project)
    const changed = await changeWebhook(model, actor, params.webhook, body, request.ip, versionMeant(request))
    tag(reply, webhookEtag(changed))
    return changed
  })

  route('DELETE /projects/:project/webhooks/:webhook', async ({ params }, request) =>
    removeWebhook(model, await member(request, params.project), params.webhook, request.ip, versionMeant(request)),
  )

  route('POST /projects/:project/webhooks/:webhook/rotate', async ({ params }, request) =>
    rotateWebhookSecret(model, await member(request, params.project), params.webhook, request.ip),
  )

  route('POST /projects/:project/webhooks/:webhook/test', async ({ params }, request) => {
    const actor = await member(request, params.project)
    tests.take(actor.projectId)
    return sendTest(model, actor, params.webhook)
  })

  route('GET /projects/:project/webhooks/:webhook/deliveries', async ({ params, query }, request) => {
    const page = { page: query.page, limit: readLimit(query.limit) }
    return listDeliveries(model, await member(request, params.project), params.webhook, page)
  })

  route('POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend', async ({ params }, request) =>
    resendDelivery(model, await member(request, params.project), params.webhook, params.delivery),
  )
}
