import { createSessionToken, hashSessionToken } from '../../../identity/session-token.ts'
import type { Agent, Project } from '../../../protocol/records.ts'
import type { Model } from '../model.ts'
import { insertProject } from '../project/project.ts'
import { Refused } from '../refused.ts'
import { type NewAgent, prepareAgent } from './agent.ts'
import { insertAgentSession } from './session.ts'

/** Is there nobody yet? Then the first to come with the code becomes the owner (AG1). */
export async function setupNeeded({ database }: Pick<Model, 'database'>): Promise<boolean> {
  const rows = await database.rows('select id from agents limit 1', [])
  return rows.length === 0
}

/** A fresh code for the address that is printed at the start; an earlier one is void. */
export async function createSetupCode(model: Pick<Model, 'database'>): Promise<string> {
  const { token, hash } = createSessionToken()
  await model.database.transaction((tx) =>
    tx.query.updateTable('installation').set({ setup_code_hash: hash }).execute(),
  )
  return token
}

export interface Setup extends NewAgent {
  projectName: string
  code?: string | undefined
}

/** Makes the first owner and the first project, once. */
export async function setUp(
  model: Pick<Model, 'database' | 'now'>,
  setup: Setup,
  codeRequired: boolean,
): Promise<{ agent: Agent; project: Project; cookie: string }> {
  if (!(await setupNeeded(model))) throw new Refused('already_set_up')
  if (codeRequired) await requireCode(model, setup.code)
  const insertOwner = await prepareAgent(setup)
  return model.database.transaction(async (tx) => {
    const now = model.now()
    await tx.alone('set-up')
    const somebody = await tx.query.selectFrom('agents').select('id').limit(1).executeTakeFirst()
    if (somebody) throw new Refused('already_set_up')
    const agent = await insertOwner(tx, now)
    const project = await insertProject(tx, now, setup.projectName, agent.id)
    const cookie = await insertAgentSession(tx, now, agent.id)
    await tx.query.updateTable('installation').set({ setup_code_hash: null }).execute()
    return { agent, project, cookie }
  })
}

async function requireCode(model: Pick<Model, 'database'>, code: string | undefined): Promise<void> {
  const row = await model.database.read.selectFrom('installation').select('setup_code_hash').executeTakeFirst()
  // Hashes of random codes may be compared as they are: how soon they differ tells nothing of the code.
  if (!code || !row?.setup_code_hash || hashSessionToken(code) !== row.setup_code_hash) {
    throw new Refused('setup_code_required', { field: 'code' })
  }
}
