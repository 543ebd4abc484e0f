import type { Report } from '../../../protocol/report.ts'
import { requireAction } from '../access.ts'
import { type Actor, authorIdOf } from '../caller.ts'
import type { Model } from '../model.ts'
import { isTimeZone } from '../project/opening-hours.ts'
import { Refused } from '../refused.ts'
import { daysFrom } from './days.ts'
import type { Below, Span } from './read.ts'
import { addTo, figuresOf, type Tallies, tallyOf } from './tally.ts'

const mostDays = 366

/** What happened on these days. It is read in parts, so that others' questions come in between. */
export async function makeReport(
  model: Pick<Model, 'database' | 'reads'>,
  actor: Actor,
  { from, to, timeZone = 'UTC' }: { from: string; to: string; timeZone?: string | undefined },
): Promise<Report> {
  requireAction(actor, 'readReports')
  if (!isTimeZone(timeZone)) throw new Refused('time_zone_unknown', { field: 'timeZone' })
  const days = daysFrom(from, to, mostDays)
  if (days.length === 0) throw new Refused('invalid_request', { field: 'to' })
  const tallies = await readAll(model, actor, { from, to, timeZone })
  return {
    ...{ from, to, timeZone },
    total: figuresOf(tallyOf(tallies, 'all')),
    days: days.map((day) => {
      const { opened, resolved, visitorMessages, agentMessages } = tallyOf(tallies, `day ${day}`)
      return { day, opened, resolved, visitorMessages, agentMessages }
    }),
    agents: await agentsOf(model, tallies),
    departments: await departmentsOf(model, tallies),
  }
}

async function readAll({ reads }: Pick<Model, 'reads'>, actor: Actor, span: Span): Promise<Tallies> {
  const tallies: Tallies = new Map()
  for (let below: Below | null = { at: 1e15, id: '' }; below !== null; ) {
    const asked: Span & { projectId: string; below: Below } = { ...span, projectId: actor.projectId, below }
    const part = await reads.ask('reportPart', asked, authorIdOf(actor))
    addTo(tallies, part.tallies)
    below = part.below
  }
  return tallies
}

/** Who did most comes first. */
async function agentsOf(model: Pick<Model, 'database'>, tallies: Tallies): Promise<Report['agents']> {
  const own = tallied(tallies, 'agent ')
  const names = await namesIn(
    model,
    'agents',
    own.map(({ id }) => id),
  )
  return own.map(({ id, figures }) => ({ id, name: names.get(id) ?? null, ...figures }))
}

async function departmentsOf(model: Pick<Model, 'database'>, tallies: Tallies): Promise<Report['departments']> {
  const own = tallied(tallies, 'department ')
  const names = await namesIn(
    model,
    'departments',
    own.map(({ id }) => id),
  )
  return own.map(({ id, figures }) => ({ id: id || null, name: names.get(id) ?? null, ...figures }))
}

function tallied(tallies: Tallies, kind: string): { id: string; figures: Report['total'] }[] {
  return [...tallies]
    .filter(([key]) => key.startsWith(kind))
    .map(([key, tally]) => ({ id: key.slice(kind.length), figures: figuresOf(tally) }))
    .sort(({ figures: one }, { figures: other }) => weightOf(other) - weightOf(one))
}

const weightOf = ({ agentMessages, opened }: Report['total']): number => agentMessages * 1e6 + opened

async function namesIn({ database }: Pick<Model, 'database'>, table: 'agents' | 'departments', ids: string[]) {
  if (ids.length === 0) return new Map<string, string>()
  const rows = await database.read.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
