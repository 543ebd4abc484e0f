import type { Project } from '../../../protocol/records.ts'
import { listDepartments } from '../agent/department.ts'
import { listMembers } from '../agent/membership.ts'
import type { ReplyTimes } from '../conversation/reply-times.ts'
import type { Model } from '../model.ts'
import { hoursNow } from './opening-hours.ts'

const shownAgents = 5

/** What a page learns of a project before anybody signs in: nothing that a stranger may not know. */
export async function describeForWidget(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  replyTimes: ReplyTimes,
  project: Project,
) {
  const members = await listMembers(model, project.id)
  const online = members.filter((member) => member.online)
  const departments = await listDepartments(model, project.id)
  return {
    project: project.id,
    name: project.name,
    enforcement: project.enforcement,
    settings: project.widget,
    agents: online.slice(0, shownAgents).map(({ agent }) => agent.name.split(/\s+/)[0] ?? agent.name),
    hours: hoursNow(project.openingHours, model.now()),
    departments: departments.map(({ id, name, legacyId }) => ({ id, name, legacyId })),
    replySeconds: await replyTimes.seconds(project.id),
  }
}
