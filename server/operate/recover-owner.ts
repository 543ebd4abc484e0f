/** `bin/recover-owner`: a way in for whoever has the machine, when nobody who owns a project can log in any more. */
import { randomBytes } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { emailKey } from '../model/agent/agent.ts'
import { makeOwner } from '../model/agent/owner-recovery.ts'
import { type Call, type Command, CommandError } from './command.ts'
import { openInstallation } from './stores.ts'

export const recoverOwner: Command = {
  usage: `bin/recover-owner EMAIL             gives this account a new password, and makes it an owner of the project
bin/recover-owner EMAIL PROJECT     of this one, by its id, where there are several
The server may run. Without such an account, one is made.`,
  async run(call) {
    const [email, projectId, ...more] = call.words
    if (!email?.includes('@') || more.length > 0) throw new CommandError(recoverOwner.usage)
    const database = await openInstallation(call.config)
    try {
      await recover(call, database, email, projectId)
    } finally {
      await database.close()
    }
  },
}

async function recover({ say }: Call, database: Database, email: string, wanted: string | undefined): Promise<void> {
  const projects = await database.read.selectFrom('projects').select(['id', 'name']).orderBy('created_at').execute()
  const candidates = wanted === undefined ? await ownedBy(database, email, projects) : projects
  const project = candidates.find(({ id }) => wanted === undefined || id === wanted)
  if (!project || (wanted === undefined && candidates.length > 1)) {
    const list = projects.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
    throw new CommandError(list ? `Say which project:\n${list}` : 'There is no project yet. Start the server.')
  }
  const password = randomBytes(15).toString('base64url')
  const { isNew } = await makeOwner({ database, now: Date.now }, project.id, { email, password })
  say(`${email} ${isNew ? 'is a new account, and ' : ''}owns ${project.name}.`)
  say(`Its password, shown only now: ${password}`)
}

/** His own, if he has any: then that is what he has lost. */
async function ownedBy(database: Database, email: string, projects: { id: string; name: string }[]) {
  const owned = await database.read
    .selectFrom('memberships as m')
    .innerJoin('agents as a', 'a.id', 'm.agent_id')
    .select('m.project_id')
    .where('a.email_key', '=', emailKey(email))
    .where('m.role', '=', 'owner')
    .execute()
  const own = projects.filter(({ id }) => owned.some((row) => row.project_id === id))
  return own.length > 0 ? own.slice(0, 1) : projects
}
