import { describe } from 'vitest'
import { appendContract } from './appending.ts'
import { attachingContract } from './attaching.ts'
import { carryingOverContract } from './carrying-over.ts'
import { catchingUpContract } from './catching-up.ts'
import { departmentsContract } from './departments.ts'
import { erasingContract } from './erasing.ts'
import { exportingContract } from './exporting.ts'
import { fetchedKeysContract } from './fetched-keys.ts'
import { guessingContract } from './guessing.ts'
import { keepingContract } from './keeping-no-longer.ts'
import { keysInUseContract } from './keys-in-use.ts'
import { migrationContract } from './migrating.ts'
import { missedMessagesContract } from './missed-messages.ts'
import { numberingContract } from './numbering.ts'
import { outboxContract } from './outbox-deliveries.ts'
import { outboxMannersContract } from './outbox-manners.ts'
import { refusedSignInsContract } from './refused-sign-ins.ts'
import { reportingContract } from './reporting.ts'
import { searchingContract } from './searching.ts'
import { shuttingOutContract } from './shutting-out.ts'
import { signInContract } from './signing-in.ts'
import { textContract } from './text-rules.ts'
import { transactionContract } from './transactions.ts'
import { usedTokensContract } from './used-tokens.ts'
import { webhookEventsContract } from './webhook-events.ts'
import type { OpenDatabase } from './world.ts'

interface Ways {
  /** Without rows; the tables may be there. */
  open: OpenDatabase
  /** Without tables. */
  openEmpty: OpenDatabase
}

/** Everything that each database must honour (DL9): the same tests for all of them. */
export function databaseContract(name: string, { open, openEmpty }: Ways): void {
  describe(name, () => {
    transactionContract(open)
    numberingContract(open)
    appendContract(open)
    attachingContract(open)
    textContract(open)
    catchingUpContract(open)
    carryingOverContract(open)
    departmentsContract(open)
    erasingContract(open)
    exportingContract(open)
    guessingContract(open)
    keepingContract(open)
    usedTokensContract(open)
    migrationContract(openEmpty)
    fetchedKeysContract(open)
    keysInUseContract(open)
    refusedSignInsContract(open)
    signInContract(open)
    reportingContract(open)
    searchingContract(open)
    shuttingOutContract(open)
    webhookEventsContract(open)
    outboxContract(open)
    outboxMannersContract(open)
    missedMessagesContract(open)
  })
}
