/** Changes as frames, each serialized once per view; the same bytes go to every socket that has the view (DL11). */
import { type EndReason, endReasons } from '../../protocol/errors.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import type { Change } from '../model/change.ts'
import { type Missed, messagesOf } from '../model/changes-since.ts'

export const encode = (frame: ServerFrame): Buffer => Buffer.from(JSON.stringify(frame))

const endedFrames = new Map<EndReason, Buffer>()

/** Made once: a revocation tells thousands the same. */
export function endedFrame(reason: EndReason): Buffer {
  const frame = endedFrames.get(reason) ?? encode({ type: 'ended', reason, message: endReasons[reason] })
  endedFrames.set(reason, frame)
  return frame
}

/** A cursor is opaque to clients: the database's epoch and the number of a change in it. */
export const cursorOf = (epoch: string, number: number): string => `${epoch}.${number}`

/** The number in a cursor of this epoch. */
export function numberIn(cursor: string, epoch: string): number | undefined {
  const at = cursor.lastIndexOf('.')
  const number = cursor.slice(at + 1)
  return cursor.slice(0, at) === epoch && /^[0-9]{1,15}$/.test(number) ? Number(number) : undefined
}

type Of<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

export const messageFrame = (change: Of<'message'>, cursor: string): Buffer =>
  encode({ type: 'message', message: change.message, cursor })

export const readFrame = (change: Of<'read'>, cursor: string): Buffer =>
  encode({ type: 'read', conversationId: change.facts.id, reader: change.reader, seq: change.seq, cursor })

const goneFrame = (conversationId: string, cursor: string): Buffer => encode({ type: 'gone', conversationId, cursor })

/** What a conversation's change looks like to each who may see it, made when the first of them is met. */
export function conversationFrames(change: Of<'conversation'>, cursor: string) {
  return {
    agents: once(() => encode({ type: 'conversation', conversation: change.agentView, cursor })),
    gaining: once(() =>
      encode({ type: 'conversation', conversation: change.agentView, messages: change.messages ?? [], cursor }),
    ),
    visitor: once(() => encode({ type: 'conversation', conversation: change.visitorView, cursor })),
    taken: once(() =>
      encode({ type: 'conversation', conversation: change.visitorView, messages: change.messages ?? [], cursor }),
    ),
    gone: once(() => goneFrame(change.facts.id, cursor)),
  }
}

export function once(make: () => Buffer): () => Buffer {
  let made: Buffer | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** A missed change for one reader. Without a cursor where another change of the same number follows. */
export async function missedFrame(
  missed: Missed,
  view: 'agent' | 'visitor',
  cursor: string | undefined,
): Promise<Buffer> {
  const at = cursor === undefined ? {} : { cursor }
  switch (missed.kind) {
    case 'message':
      return encode({ type: 'message', message: missed.message, ...at })
    case 'gone':
      return encode({ type: 'gone', conversationId: missed.conversationId, ...at })
    case 'conversation': {
      const conversation = view === 'agent' ? missed.record.agentView : missed.record.visitorView
      const messages = missed.messages && { messages: await messagesOf(missed) }
      return encode({ type: 'conversation', conversation, ...messages, ...at })
    }
  }
}
