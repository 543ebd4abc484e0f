/** Answers in this very thread what a server reads in another: the same answers, of a database that a test has opened. */
import type { Database, Transaction } from '../db/database.ts'
import type { MessageIndex } from '../db/message-index.ts'
import { postgresIndex } from '../db/message-index-postgres.ts'
import { sqliteIndex } from '../db/message-index-sqlite.ts'
import { readAnswers } from '../model/read-answers.ts'
import type { Question, Reading, Reads, Written } from '../model/reads.ts'

export function readsHere(database: Database, dialect: Transaction['dialect']): Reads & { index: MessageIndex } {
  const index = dialect === 'sqlite' ? sqliteIndex(':memory:', 'an epoch') : postgresIndex(database)
  return {
    index,
    ask: async (question, asked) => {
      const answer: unknown = await answerTo(question)({ database, index }, structuredClone(asked) as never)
      return answer as never
    },
  }
}

/** What the caller is sent. */
export const parsed = <Answer>({ json }: Written<Answer>): Answer => JSON.parse(new TextDecoder().decode(json))

type AnyAnswer = (reading: Reading, asked: never) => Promise<unknown>

function answerTo(question: Question): AnyAnswer {
  return readAnswers[question]
}
