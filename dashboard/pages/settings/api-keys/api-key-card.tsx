import { useStore } from '@nanostores/react'
import { useState } from 'react'
import type { ApiKey } from '../../../../protocol/admin-records.ts'
import { IconButton } from '../../../parts/button.tsx'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { Item, Menu } from '../../../parts/menu.tsx'
import { api } from '../../../stores/api.ts'
import { $now } from '../../../stores/now.ts'
import { useAct } from '../../use-act.ts'
import { Making } from '../key-lines.tsx'
import { apiKeysQuery } from './api-keys-query.ts'
import { scopesSentence } from './scopes.ts'

interface ApiKeyCardProps {
  apiKey: ApiKey
  projectId: string
}

export function ApiKeyCard({ apiKey, projectId }: ApiKeyCardProps) {
  const { name, last4, scopes } = apiKey
  const [revoking, setRevoking] = useState(false)
  const now = useStore($now)
  return (
    <li className="card">
      <div className="card-main">
        <p className="card-title">
          <bdi>{name}</bdi>
          <span className="mono card-soft">sga_…{last4}</span>
        </p>
        <p className="card-line">{scopesSentence(scopes)}</p>
        <Making made={apiKey} verb="Made" now={now} />
      </div>
      <Menu label={name} trigger={<IconButton icon="more" label={`Actions for ${name}`} />}>
        <Item text="Revoke…" icon="close" danger onAction={() => setRevoking(true)} />
      </Menu>
      <RevokeApiKey apiKey={apiKey} projectId={projectId} isOpen={revoking} onClose={() => setRevoking(false)} />
    </li>
  )
}

function RevokeApiKey({
  apiKey,
  projectId,
  isOpen,
  onClose,
}: ApiKeyCardProps & { isOpen: boolean; onClose: () => void }) {
  const { run, ...asked } = useAct({ refresh: apiKeysQuery(projectId).queryKey, done: onClose })
  const params = { project: projectId, key: apiKey.id }
  return (
    <ConfirmDialog
      title={`Revoke ${apiKey.name}?`}
      verb="Revoke now"
      {...asked}
      isOpen={isOpen}
      onConfirm={() => void run(() => api('DELETE /projects/:project/api-keys/:key', { params }), 'Revoked')}
      onClose={onClose}
    >
      <p>Calls with sga_…{apiKey.last4} are refused from then on. What it wrote stays, and no visitor is signed out.</p>
    </ConfirmDialog>
  )
}
