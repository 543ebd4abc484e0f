/** Loaded into the measured server: ends it with the run, and tells how much memory it holds. */
import { answer } from '../answer.ts'
import { memoryHeld } from '../memory.ts'

const handlers = { memory: memoryHeld }
export type AskServer = typeof handlers

answer(handlers)
