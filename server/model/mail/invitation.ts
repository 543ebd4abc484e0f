import type { Transaction } from '../../db/database.ts'
import type { Model } from '../model.ts'
import { type Mailing, queueMail } from './mail.ts'

/** Behind the #, where it reaches no server's log and no referrer. */
export const invitationLink = (publicUrl: string, token: string): string => `${publicUrl}/invitation#${token}`

const dayMs = 86_400_000

interface Inviting {
  projectId: string
  /** Who invites. */
  name: string
  to: string
  token: string
  /** Past that it is no use, and not sent any more. */
  goodForMs: number
}

export async function mailInvitation(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'masterKey' | 'now'>,
  { publicUrl }: Mailing,
  { projectId, name, to, token, goodForMs }: Inviting,
): Promise<boolean> {
  const [project] = await tx.rows<{ name: string }>('select name from projects where id = ?', [projectId])
  return queueMail(tx, model, {
    type: 'invitation',
    to,
    projectId,
    subject: `${name} invites you to ${project?.name ?? 'a project'}`,
    paragraphs: [
      `${name} invites you to answer the chats of ${project?.name ?? 'a project'}.`,
      `The link works once, for ${Math.round(goodForMs / dayMs)} days.`,
    ],
    link: { text: 'Join', url: invitationLink(publicUrl(), token) },
    goodForMs,
  })
}
