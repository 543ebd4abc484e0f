import { useStore } from '@nanostores/react'
import { useState } from 'react'
import type { SharedSecret } from '../../../../../protocol/records.ts'
import { Button, IconButton } from '../../../../parts/button.tsx'
import { Item, Menu } from '../../../../parts/menu.tsx'
import { $now } from '../../../../stores/now.ts'
import { KeyUse, Making } from '../../key-lines.tsx'
import { RetireDialog } from './retire-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { isOver, isSafeToRevoke, secretState } from './secret-state.ts'

interface SecretCardProps {
  secret: SharedSecret
  projectId: string
}

export function SecretCard({ secret, projectId }: SecretCardProps) {
  const [asking, setAsking] = useState<'revoke' | 'retire'>()
  const now = useStore($now)
  const { id, last4, state } = secret
  const { tone, word, until } = secretState(secret, now)
  const close = () => setAsking(undefined)
  return (
    <li className="card">
      <div className="card-main">
        <p className="card-title">
          <span className="mono">sgn_…{last4}</span>
          <span className="chip" data-tone={tone}>
            {word}
          </span>
        </p>
        {until && <p className="card-line">{until}</p>}
        <Making made={secret} verb="Made" now={now} />
        {!isOver(secret) && <KeyUse use={secret} />}
        {isSafeToRevoke(secret) && <Safe last4={last4} onRevoke={() => setAsking('revoke')} />}
      </div>
      {!isOver(secret) && (
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

function Safe({ last4, onRevoke }: { last4: string; onRevoke: () => void }) {
  return (
    <p className="card-line" data-tone="good">
      Safe to revoke: nobody has signed in with it for 24 hours.{' '}
      <Button look="link" aria-label={`Revoke …${last4}`} onPress={onRevoke}>
        Revoke…
      </Button>
    </p>
  )
}
