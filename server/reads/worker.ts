/** The thread in which what takes long is read: one question after the other. */
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { openSqliteReader, type Reader, type ReadFrom } from '../db/reader.ts'
import { readAnswers } from '../model/read-answers.ts'
import type { Question, Reading } from '../model/reads.ts'

export interface Posed {
  id: number
  question: Question
  asked: unknown
}

export type Reply = { id: number; answer: unknown } | { id: number; error: string }

if (!parentPort) throw new Error('This is no program of its own.')
const port = parentPort
stepBack()
const reader = await open(workerData)
port.on('message', (posed: Posed) => void reply(posed))

async function reply({ id, question, asked }: Posed): Promise<void> {
  try {
    const answer: unknown = await answerTo(question)({ database: reader, index: reader.index }, asked as never)
    const moved = answer instanceof Uint8Array && answer.buffer instanceof ArrayBuffer ? [answer.buffer] : []
    port.postMessage({ id, answer } satisfies Reply, moved)
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    port.postMessage({ id, error: text } satisfies Reply)
  }
}

type AnyAnswer = (reading: Reading, asked: never) => Promise<unknown>

function answerTo(question: Question): AnyAnswer {
  return readAnswers[question]
}

/** Whoever writes goes first where there are fewer cores than work. On Linux each thread has a priority of its own. */
function stepBack(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A sandbox may forbid it; what is asked is answered all the same.
  }
}

/** The driver is loaded only where it is used. */
async function open(from: ReadFrom): Promise<Reader> {
  if ('sqlite' in from) return openSqliteReader(from.sqlite, from.index)
  const { openPostgresReader } = await import('../db/postgres.ts')
  return openPostgresReader(from.postgres, () => {})
}
