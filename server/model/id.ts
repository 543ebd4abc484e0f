import { randomUUIDv7 } from 'node:crypto'

/** A new id: UUIDv7, so that rows are inserted at the end of their indexes. */
export const newId = (): string => randomUUIDv7()
