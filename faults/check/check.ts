/**
 * Compares what every client saw with what is stored. A pure function: journals and rows in, findings out; none means
 * that nothing was lost, doubled, disordered or shown to the wrong person.
 */
import type { Journal } from '../people/journal.ts'
import { checkApi } from './api.ts'
import type { Finding } from './finding.ts'
import { checkNumbering } from './numbering.ts'
import type { Rows } from './rows.ts'
import { checkStored } from './stored.ts'
import { checkStream, Shelves } from './stream.ts'
import { checkView } from './view.ts'

export function check(journals: readonly Journal[], rows: Rows): Finding[] {
  const shelves = new Shelves(rows)
  return [
    ...checkStored(journals, rows),
    ...checkNumbering(rows),
    ...checkApi(rows),
    ...journals.flatMap((journal) => checkStream(journal, shelves)),
    ...journals.flatMap((journal) => checkView(journal, rows)),
  ]
}

/** Has everybody caught up? */
export function caughtUp(journals: readonly Journal[], rows: Rows): boolean {
  return journals.every((journal) => checkView(journal, rows).length === 0)
}
