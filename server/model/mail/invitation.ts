import type { Transaction } from '../../db/database.ts'
import type { Member } from '../caller.ts'
import type { Model } from '../model.ts'
import { type Mailing, queueMail } from './mail.ts'

const goodForMs = 7 * 86_400_000

/** Behind the #, where it reaches no server's log and no referrer. */
export const invitationLink = (publicUrl: string, token: string): string => `${publicUrl}/invitation#${token}`

export async function mailInvitation(
  tx: Transaction,
  model: Pick<Model, 'bus' | 'masterKey' | 'now'>,
  { publicUrl }: Mailing,
  { projectId, name }: Member & { name: string },
  to: string,
  token: string,
): Promise<boolean> {
  const [project] = await tx.rows<{ name: string }>('select name from projects where id = ?', [projectId])
  return queueMail(tx, model, {
    type: 'invitation',
    to,
    projectId,
    subject: `${name} invites you to ${project?.name ?? 'a project'}`,
    paragraphs: [
      `${name} invites you to answer the chats of ${project?.name ?? 'a project'}.`,
      'The link works once, for 7 days.',
    ],
    link: { text: 'Join', url: invitationLink(publicUrl(), token) },
    goodForMs,
  })
}
