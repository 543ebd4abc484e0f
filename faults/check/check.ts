/**
 * Compares what every client saw with what is stored. A pure function: journals, rows and what was done to people's
 * rights in, findings out; none means that nothing was lost, doubled, disordered or shown to the wrong person.
 */
import type { Journal } from '../people/journal.ts'
import type { Ledger } from '../people/ledger.ts'
import { checkApi } from './api.ts'
import { checkEnds, checkSessions, sentAtIn } from './ends.ts'
import type { Finding } from './finding.ts'
import { checkNumbering } from './numbering.ts'
import { Rights } from './rights.ts'
import type { Rows } from './rows.ts'
import { checkPauses } from './slow.ts'
import { checkStored } from './stored.ts'
import { checkStream, Shelves } from './stream.ts'
import { checkView } from './view.ts'

export function check(journals: readonly Journal[], rows: Rows, ledger: Ledger): Finding[] {
  const shelves = new Shelves(rows)
  const rights = new Rights(ledger, rows)
  const sentAt = sentAtIn(journals)
  return [
    ...checkStored(journals, rows, rights),
    ...checkNumbering(rows),
    ...checkApi(rows),
    ...checkSessions(rows, ledger, sentAt),
    ...checkPauses(journals, ledger, rights),
    ...journals.flatMap((journal) => checkStream(journal, shelves)),
    ...journals.flatMap((journal) => checkEnds(journal, rights, sentAt)),
    ...journals.flatMap((journal) => checkView(journal, rows)),
  ]
}

/** Has everybody caught up? */
export function caughtUp(journals: readonly Journal[], rows: Rows): boolean {
  return journals.every((journal) => checkView(journal, rows).length === 0)
}
