/**
 * What takes long to read is read apart (HT5): in a thread with eyes of its own on the database, so that nobody who
 * writes waits for it. A question and its answer are plain values; whether somebody may ask is settled before.
 */
import type { Database } from '../db/database.ts'
import type { MessageIndex } from '../db/message-index.ts'
import type { readAnswers } from './read-answers.ts'

/** What an answer is made from, over there. */
export interface Reading {
  database: Pick<Database, 'read' | 'rows'>
  index: MessageIndex
}

type Answers = typeof readAnswers
export type Question = keyof Answers
export type Asked<Q extends Question> = Parameters<Answers[Q]>[1]
export type Answered<Q extends Question> = Awaited<ReturnType<Answers[Q]>>

export interface Reads {
  /** Refuses with `unavailable` what is too much, or takes too long. `by` is whoever asks: none may fill the queue. */
  ask<Q extends Question>(question: Q, asked: Asked<Q>, by: string): Promise<Answered<Q>>
}

/** An answer that is JSON already, so that nobody who waits for another has to wait for it to become that. */
export class Written<Answer> {
  readonly json: Uint8Array
  declare readonly answer: Answer

  constructor(json: Uint8Array) {
    this.json = json
  }
}

export const toJson = (answer: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(answer))
