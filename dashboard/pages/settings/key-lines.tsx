import type { PublicKey } from '../../../protocol/admin-records.ts'
import { AgentName } from '../../parts/person-name.tsx'
import { ago, day, plural } from '../../parts/time.ts'

interface MakingProps {
  made: Pick<PublicKey, 'createdBy' | 'createdAt' | 'lastUsedAt'>
  verb: string
  now: number
}

/** Who made it and when, and when it was last of use. */
export function Making({ made: { createdBy, createdAt, lastUsedAt }, verb, now }: MakingProps) {
  return (
    <p className="card-line">
      {verb}{' '}
      {createdBy && (
        <>
          by <AgentName name={createdBy.name} />{' '}
        </>
      )}
      on {day(createdAt, now)} · {lastUsedAt === null ? 'never used' : `last used ${ago(lastUsedAt, now)}`}
    </p>
  )
}

type Use = Pick<PublicKey, 'sessions' | 'connected' | 'signInsLastDay' | 'signInsLastWeek'>

/** What goes through a key now, and did lately (SS7). */
export function KeyUse({ use: { sessions, connected, signInsLastDay, signInsLastWeek } }: { use: Use }) {
  return (
    <p className="card-line figures">
      {plural(sessions, 'session')} open, {connected.toLocaleString('en')} connected ·{' '}
      {plural(signInsLastDay, 'sign-in')} in 24 hours, {signInsLastWeek.toLocaleString('en')} in 7 days
    </p>
  )
}
