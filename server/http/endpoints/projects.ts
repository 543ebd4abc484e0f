import { faceOf, seesSettings } from '../../model/access.ts'
import { listMemberships, requireMember } from '../../model/agent/membership.ts'
import { etagOf, withEtag } from '../../model/etag.ts'
import { lastSignIn } from '../../model/installation.ts'
import { countRested } from '../../model/privacy/retention.ts'
import { changeProject, type ProjectChanges } from '../../model/project/change-project.ts'
import { createProject, requireProject } from '../../model/project/project.ts'
import { describeForWidget } from '../../model/project/widget-face.ts'
import { countForEnforcement } from '../../model/sign-in/enforcement.ts'
import { requireActor, requireAgent, requireOrigin } from '../caller.ts'
import type { HttpParts } from '../parts.ts'
import type { Route } from '../route.ts'
import { tag, versionMeant } from '../version.ts'

export function projectRoutes(route: Route, { model, replyTimes, publicUrl }: HttpParts): void {
  route('GET /projects', async (_input, request) => {
    const { agentId } = await requireAgent(model, request, publicUrl())
    return { projects: (await listMemberships(model, agentId)).map((membership) => membership.project) }
  })

  route('POST /projects', async ({ body }, request) => {
    const { agentId } = await requireAgent(model, request, publicUrl())
    return withEtag(await createProject(model, body.name, agentId))
  })

  route('GET /projects/:project', async ({ params }, request, reply) => {
    const actor = await requireActor(model, request, publicUrl(), params.project, 'readProject')
    const project = await requireProject(model, actor.projectId)
    const seen = seesSettings(actor) ? withEtag(project) : undefined
    const face = faceOf(project)
    tag(reply, seen?.etag ?? etagOf(face))
    return seen ?? face
  })

  route('PATCH /projects/:project', async ({ params, body }, request, reply) => {
    const caller = await requireAgent(model, request, publicUrl())
    const member = await requireMember(model, caller, params.project, 'changeProject')
    const changes = body as ProjectChanges
    const changed = withEtag(await changeProject(model, member, changes, request.ip, versionMeant(request)))
    tag(reply, changed.etag)
    return changed
  })

  route('GET /projects/:project/enforcement', async ({ params }, request) => {
    const caller = await requireAgent(model, request, publicUrl())
    const { projectId } = await requireMember(model, caller, params.project, 'changeProject')
    return countForEnforcement(model, projectId)
  })

  route('GET /projects/:project/retention', async ({ params, query }, request) => {
    const caller = await requireAgent(model, request, publicUrl())
    const { projectId } = await requireMember(model, caller, params.project, 'changeProject')
    return { conversations: await countRested(model, projectId, Number(query.days)) }
  })

  route('GET /projects/:project/widget', async ({ params }, request, reply) => {
    const project = await requireProject(model, params.project)
    requireOrigin(project, request.headers, publicUrl())
    reply.header('cache-control', 'public, max-age=60')
    return describeForWidget(model, replyTimes, project)
  })

  route('GET /projects/:project/installation', async ({ params }, request) => {
    const caller = await requireAgent(model, request, publicUrl())
    const { projectId } = await requireMember(model, caller, params.project, 'readProject')
    return { lastSignIn: await lastSignIn(model, projectId) }
  })
}
