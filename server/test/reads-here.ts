/** Answers in this very thread what a server reads in another: the same answers, of a database that a test has opened. */
import type { Database } from '../db/database.ts'
import { readAnswers } from '../model/read-answers.ts'
import type { Question, Reading, Reads, Written } from '../model/reads.ts'

export function readsHere(database: Pick<Database, 'read' | 'rows'>): Reads {
  return {
    ask: async (question, asked) => {
      const answer: unknown = await answerTo(question)({ database }, structuredClone(asked) as never)
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
