import type { WelcomeFrame } from '../../protocol/frames.ts'
import { protocolVersion, welcomeConversations } from '../../protocol/limits.ts'
import { listConversations } from '../model/conversation/list.ts'
import { type Admitted, describeSelf } from './admit.ts'
import { cursorOf } from './frames.ts'
import type { LiveParts } from './parts.ts'

/** From where a connection goes on: after what it has seen, or, if it begins, after what the welcome brings. */
export interface Start {
  number: number
  resumed: boolean
}

/** Who he is here, from where he goes on, and, if he begins, the conversations that he sees first. */
export async function welcomeFrame(
  parts: Pick<LiveParts, 'model' | 'epoch'>,
  admitted: Admitted,
  { number, resumed }: Start,
): Promise<WelcomeFrame> {
  return {
    type: 'welcome',
    v: protocolVersion,
    self: await describeSelf(parts.model, admitted),
    cursor: cursorOf(parts.epoch, number),
    resumed,
    conversations: resumed ? [] : await firstConversations(parts, admitted),
  }
}

async function firstConversations(
  { model }: Pick<LiveParts, 'model'>,
  { projectId, reader }: Admitted,
): Promise<WelcomeFrame['conversations']> {
  const { records } = await listConversations(model, projectId, reader, { limit: welcomeConversations })
  return records.map((record) => (reader.kind === 'agent' ? record.agentView : record.visitorView))
}
