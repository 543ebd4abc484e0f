import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireMember } from '../../model/agent/membership.ts'
import { Allowance } from '../../model/allowance.ts'
import { cancelUpload } from '../../model/attachment/cancel.ts'
import { linkTo, openFile, type ServedFile } from '../../model/attachment/link.ts'
import { dispositionOf } from '../../model/attachment/name.ts'
import type { Uploader } from '../../model/attachment/uploader.ts'
import type { ApiKeyCaller, Caller } from '../../model/caller.ts'
import { requireProject } from '../../model/project/project.ts'
import { Refused } from '../../model/refused.ts'
import { addressKey } from '../address-key.ts'
import { requireAnyCaller, requireCaller } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'

export function attachmentRoutes(route: Route, { model, uploads, files, publicUrl }: HttpParts): void {
  const uploaderOf = async (caller: Caller | ApiKeyCaller, project: string): Promise<Uploader> => {
    if (caller.kind === 'agent') {
      const { projectId } = await requireMember(model, caller, project, 'readProject')
      return { kind: 'agent', id: caller.agentId, projectId }
    }
    const { id } = await requireProject(model, project)
    if (id !== caller.projectId) throw new Refused('not_found', { field: 'project' })
    const { kind } = caller
    return kind === 'visitor'
      ? { kind, id: caller.visitorId, projectId: id }
      : { kind: 'agent', id: caller.id, projectId: id }
  }
  const uploading = async (request: FastifyRequest, project: string) => {
    const caller = await requireAnyCaller(model, request, publicUrl(), 'changeConversations')
    const isAnonymous = caller.kind === 'visitor' && caller.verification === null
    return { ...(await uploaderOf(caller, project)), address: isAnonymous ? addressKey(request.ip) : undefined }
  }

  route('POST /projects/:project/attachments', async ({ params, query }, request) => {
    const announced = request.headers['content-length']
    return uploads.take(() => uploading(request, params.project), {
      body: request.raw,
      announced: announced === undefined ? undefined : Number(announced),
      name: query.name,
    })
  })

  route('DELETE /projects/:project/attachments/:attachment', async ({ params }, request) => {
    const caller = await requireCaller(model, request, publicUrl())
    await cancelUpload(model, files, await uploaderOf(caller, params.project), params.attachment)
  })

  route('POST /attachments/:attachment/link', async ({ params }, request) =>
    linkTo(model, await requireAnyCaller(model, request, publicUrl(), 'readConversations'), params.attachment),
  )

  const fetches = new Allowance({ perMinute: 3_000, burst: 1_000, now: model.now })

  route('GET /files/:token', async ({ params }, request, reply) => {
    fetches.take(addressKey(request.ip))
    const file = await openFile(model, files, params.token)
    describe(reply, file)
    reply.send(file.stream)
  })
}

/** Whatever is in it, a browser runs none of it, and nobody else's page learns its address. */
function describe(reply: FastifyReply, { type, bytes, name, inline, goodForMs }: ServedFile): void {
  reply
    .type(type)
    .header('content-length', bytes)
    .header('content-disposition', dispositionOf(inline ? 'inline' : 'attachment', name))
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', `private, max-age=${Math.floor(goodForMs / 1000)}`)
    .header('referrer-policy', 'no-referrer')
    // A part of a file is not given: it is small, and comes whole.
    .header('accept-ranges', 'none')
}
