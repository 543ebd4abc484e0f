import { useStore } from '@nanostores/react'
import { useState } from 'react'
import type { PublicKey } from '../../../../../protocol/admin-records.ts'
import { IconButton } from '../../../../parts/button.tsx'
import { Item, Menu } from '../../../../parts/menu.tsx'
import { $now } from '../../../../stores/now.ts'
import { KeyUse, Making } from '../../key-lines.tsx'
import { DeleteKeyDialog } from './delete-key-dialog.tsx'
import { jwksState } from './jwks-state.ts'
import { publicKeyName } from './public-key-name.ts'

export function PublicKeyCard({ publicKey, projectId }: { publicKey: PublicKey; projectId: string }) {
  const [deleting, setDeleting] = useState(false)
  const now = useStore($now)
  const name = publicKeyName(publicKey)
  const state = publicKey.jwks && jwksState(publicKey.jwks, now)
  return (
    <li className="card">
      <div className="card-main">
        <p className="card-title">
          <span className="mono">{name}</span>
          <span className="chip" data-tone={state?.tone ?? 'good'}>
            {state?.word ?? 'Active'}
          </span>
        </p>
        {state && (
          <p className="card-line" data-tone={state.tone === 'warn' ? 'warn' : undefined}>
            {state.sentence}
          </p>
        )}
        <Making made={publicKey} verb="Added" now={now} />
        <KeyUse use={publicKey} />
      </div>
      <Menu label={name} trigger={<IconButton icon="more" label={`Actions for ${name}`} />}>
        <Item text="Delete…" icon="close" danger onAction={() => setDeleting(true)} />
      </Menu>
      <DeleteKeyDialog
        publicKey={publicKey}
        projectId={projectId}
        isOpen={deleting}
        onClose={() => setDeleting(false)}
      />
    </li>
  )
}
