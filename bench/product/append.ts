import { randomUUIDv7 } from 'node:crypto'
import type { Appender, Writer } from '../../server/model/message/append.ts'
import type { Model } from '../../server/model/model.ts'
import { answer } from '../answer.ts'
import { closedLoop } from '../loops.ts'
import { exitOnSignal } from '../scratch.ts'
import { gatherStatistics } from '../statistics.ts'
import { newProject, newVisitor, openAppender, openModel } from './model.ts'

const handlers = {
  async append({ conversations, inFlight, seconds }: { conversations: number; inFlight: number; seconds: number }) {
    const model = await openModel()
    const appender = openAppender(model)
    const people = await visitors(model, appender, conversations)
    await gatherStatistics(process.env.DATABASE_URL)
    let next = 0
    return closedLoop({ inFlight, seconds }, () => {
      next = (next + 1) % people.length
      const { writer, conversationId } = people[next] ?? {}
      if (!writer) throw new Error('Nobody writes.')
      return appender.append(writer, { clientId: randomUUIDv7(), conversationId, text: `Message ${next}` })
    })
  },
}
export type Append = typeof handlers

exitOnSignal()
answer(handlers)

async function visitors(model: Model, appender: Appender, count: number) {
  const { projectId } = await newProject(model)
  const one = async (): Promise<{ writer: Writer; conversationId: string }> => {
    const writer = await newVisitor(model, projectId)
    const { conversationId } = await appender.append(writer, { clientId: randomUUIDv7(), text: 'Hello' })
    return { writer, conversationId }
  }
  return Promise.all(Array.from({ length: count }, one))
}
