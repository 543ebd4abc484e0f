import { useStore } from '@nanostores/react'
import { useState } from 'react'
import type { SharedSecret } from '../../../protocol/records.ts'
import { IconButton } from '../../parts/button.tsx'
import { Item, Menu } from '../../parts/menu.tsx'
import { AgentName } from '../../parts/person-name.tsx'
import { ago, day, dayAndClock, plural } from '../../parts/time.ts'
import { $now } from '../../stores/now.ts'
import { RetireDialog } from './retire-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'

interface SecretCardProps {
  secret: SharedSecret
  projectId: string
}

export function SecretCard({ secret, projectId }: SecretCardProps) {
  const [asking, setAsking] = useState<'revoke' | 'retire'>()
  const now = useStore($now)
  const { id, last4, state, createdBy, createdAt, lastUsedAt } = secret
  const close = () => setAsking(undefined)
  return (
    <li className="card">
      <div className="card-main">
        <p className="card-title">
          <span className="mono">sgn_…{last4}</span>
          <StateChip secret={secret} now={now} />
        </p>
        <p className="card-line">
          Made{' '}
          {createdBy && (
            <>
              by <AgentName name={createdBy.name} />{' '}
            </>
          )}
          on {day(createdAt, now)} · {lastUsedAt === null ? 'never used' : `last used ${ago(lastUsedAt, now)}`}
        </p>
        {state !== 'revoked' && <Use secret={secret} />}
      </div>
      {state !== 'revoked' && (
        <Menu label={`Secret …${last4}`} trigger={<IconButton icon="more" label={`Actions for …${last4}`} />}>
          {state === 'active' && <Item text="Retire…" icon="clock" onAction={() => setAsking('retire')} />}
          <Item text="Revoke…" icon="close" danger onAction={() => setAsking('revoke')} />
        </Menu>
      )}
      <RevokeDialog secret={secret} projectId={projectId} isOpen={asking === 'revoke'} onClose={close} />
      <RetireDialog secretId={id} last4={last4} projectId={projectId} isOpen={asking === 'retire'} onClose={close} />
    </li>
  )
}

function StateChip({ secret: { state, retiresAt, revokedAt }, now }: { secret: SharedSecret; now: number }) {
  if (state === 'active')
    return (
      <span className="chip" data-tone="good">
        Active
      </span>
    )
  if (state === 'revoked')
    return <span className="chip">Revoked{revokedAt !== null && ` on ${day(revokedAt, now)}`}</span>
  const over = retiresAt !== null && retiresAt <= now
  return (
    <span className="chip" data-tone="warn">
      {over ? 'Retired' : `Retiring${retiresAt === null ? '' : `, verifies until ${dayAndClock(retiresAt, now)}`}`}
    </span>
  )
}

function Use({ secret: { state, sessions, connected, signInsLastDay, signInsLastWeek } }: { secret: SharedSecret }) {
  return (
    <>
      <p className="card-line figures">
        {plural(sessions, 'session')} open, {connected.toLocaleString('en')} connected ·{' '}
        {plural(signInsLastDay, 'sign-in')} in 24 hours, {signInsLastWeek.toLocaleString('en')} in 7 days
      </p>
      {state === 'retiring' && signInsLastDay === 0 && (
        <p className="card-line card-safe">Safe to revoke: nobody has signed in with it for 24 hours.</p>
      )}
    </>
  )
}
