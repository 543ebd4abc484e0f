/**
 * From what was missed to what is new, without a gap and without a repeat (DL4, DL6).
 *
 * One reading after another of the log, from the connection's number to the log's end, each sent in pages that wait
 * until the page before has drained. When a reading ends where the room is, the connection is live. Whoever missed
 * too much is told to begin anew, by `reset` and another `welcome`.
 */
import { changesSince, type Missed } from '../model/changes-since.ts'
import type { Model } from '../model/model.ts'
import { cursorOf, missedFrame } from './frames.ts'
import type { Room, Subscriber } from './hub.ts'

const pageBytes = 256 * 1024

export interface Resuming extends Subscriber {
  readonly closed: boolean
  /** Counts the readings of its log; a newer one puts an end to those before it. */
  reading: number
  /** Resolves when what was sent has left this process, or the connection is gone. */
  drained(): Promise<void>
  /** Tells the client to begin anew, and sets `number` to where it begins. */
  beginAnew(): Promise<void>
}

export async function catchUp(
  model: Pick<Model, 'database' | 'presence' | 'now'>,
  epoch: string,
  room: Room,
  subscriber: Resuming,
): Promise<void> {
  subscriber.reading += 1
  const own = subscriber.reading
  const over = () => subscriber.closed || subscriber.reading !== own
  while (!over() && !subscriber.live) {
    const read = await changesSince(model, subscriber.projectId, subscriber.reader, subscriber.number)
    if (over()) return
    if (read === 'anew') await subscriber.beginAnew()
    else {
      await sendPages(epoch, subscriber, read.missed, over)
      if (over()) return
      subscriber.number = read.upTo
    }
    if (!over() && subscriber.number >= room.order.last) subscriber.live = true
  }
}

async function sendPages(epoch: string, subscriber: Resuming, missed: Missed[], over: () => boolean): Promise<void> {
  let page = 0
  for (const [index, change] of missed.entries()) {
    const last = missed[index + 1]?.number !== change.number
    const cursor = last ? cursorOf(epoch, change.number) : undefined
    const frame = await missedFrame(change, subscriber.reader.kind, cursor)
    if (over()) return
    subscriber.deliver(frame)
    page += frame.length
    if (page < pageBytes) continue
    page = 0
    await subscriber.drained()
    if (over()) return
  }
}
