import { useStore } from '@nanostores/react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Webhook } from '../../../../protocol/endpoints/webhooks.ts'
import type { Answer } from '../../../../protocol/endpoints.ts'
import { IconButton } from '../../../parts/button.tsx'
import { ConfirmDialog } from '../../../parts/confirm-dialog.tsx'
import { Item, Menu } from '../../../parts/menu.tsx'
import { dayAndClock, longSpan, plural } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'
import { $now } from '../../../stores/now.ts'
import { useAct } from '../../use-act.ts'
import { WebhookDialog } from './webhook-dialog.tsx'
import { webhooksQuery } from './webhooks-query.ts'
import '../../../styles/webhooks.css'

interface WebhookCardProps {
  webhook: Webhook
  projectId: string
  onFresh: (made: Answer<'POST /projects/:project/webhooks'>) => void
}

type Asking = 'change' | 'rotate' | 'remove'

export function WebhookCard({ webhook, projectId, onFresh }: WebhookCardProps) {
  const { id, url, events, enabled, last4 } = webhook
  const [asking, setAsking] = useState<Asking>()
  const close = () => setAsking(undefined)
  const refresh = webhooksQuery(projectId).queryKey
  const { run } = useAct({ refresh })
  const params = { project: projectId, webhook: id }
  const [, goTo] = useLocation()
  const deliveries = `/projects/${projectId}/settings/webhooks/${id}`
  const turn = (on: boolean) =>
    run(
      () => api('PATCH /projects/:project/webhooks/:webhook', { params, body: { enabled: on } }),
      on ? 'Switched on' : 'Switched off',
    )
  const test = () =>
    run(async () => {
      await api('POST /projects/:project/webhooks/:webhook/test', { params })
      goTo(deliveries)
    }, 'Test sent')
  return (
    <li className="card">
      <div className="card-main">
        <p className="card-title">
          <Link to={deliveries} className="webhook-address">
            <bdi>{url}</bdi>
          </Link>
        </p>
        <Standing webhook={webhook} />
        <p className="card-line">{events.join(', ')}</p>
        <p className="card-line">
          Secret <span className="mono">whsec_…{last4}</span>
          <Previous until={webhook.previousSecretUntil} />
        </p>
      </div>
      <Menu label={url} trigger={<IconButton icon="more" label={`Actions for ${url}`} />}>
        <Item text="Change…" icon="settings" onAction={() => setAsking('change')} />
        <Item text="Send a test" icon="send" onAction={() => void test()} />
        <Item text="Rotate the secret…" icon="refresh" onAction={() => setAsking('rotate')} />
        <Item
          text={enabled ? 'Switch off' : 'Switch on'}
          icon={enabled ? 'dash' : 'check'}
          onAction={() => void turn(!enabled)}
        />
        <Item text="Remove…" icon="close" danger onAction={() => setAsking('remove')} />
      </Menu>
      {asking === 'change' && <WebhookDialog projectId={projectId} webhook={webhook} onClose={close} />}
      <Rotate {...{ webhook, projectId, onFresh }} isOpen={asking === 'rotate'} onClose={close} />
      <Remove {...{ webhook, projectId }} isOpen={asking === 'remove'} onClose={close} />
    </li>
  )
}

function Standing({ webhook: { enabled, waiting, failing } }: { webhook: Webhook }) {
  const now = useStore($now)
  const waits = waiting === 0 ? '' : ` ${plural(waiting, 'delivery', 'deliveries')} waiting.`
  if (!enabled) {
    return (
      <p className="card-line" {...(failing && { 'data-tone': 'warn' })}>
        Switched off.{failing && ` ${failing.failure}`}
        {waits}
      </p>
    )
  }
  if (failing === null) return <p className="card-line" data-tone="good">{`On, without failures.${waits}`}</p>
  return (
    <p className="card-line" data-tone="warn">
      Failing for {longSpan(now - failing.since)}. {failing.failure}
      {waits}
    </p>
  )
}

function Previous({ until }: { until: number | null }) {
  const now = useStore($now)
  return until === null ? null : <> · the previous one also signs until {dayAndClock(until, now)}</>
}

interface AskProps {
  webhook: Webhook
  projectId: string
  isOpen: boolean
  onClose: () => void
}

function Rotate({ webhook, projectId, onFresh, isOpen, onClose }: AskProps & Pick<WebhookCardProps, 'onFresh'>) {
  const { run, ...asked } = useAct({ refresh: webhooksQuery(projectId).queryKey, done: onClose })
  const params = { project: projectId, webhook: webhook.id }
  const rotate = async () => onFresh(await api('POST /projects/:project/webhooks/:webhook/rotate', { params }))
  return (
    <ConfirmDialog
      title="Rotate the secret?"
      verb="Rotate now"
      look="primary"
      {...asked}
      isOpen={isOpen}
      onConfirm={() => void run(rotate, 'Rotated')}
      onClose={onClose}
    >
      <p>You get another secret. For a day each delivery carries both signatures, so that none is refused meanwhile.</p>
    </ConfirmDialog>
  )
}

function Remove({ webhook: { id, url, waiting }, projectId, isOpen, onClose }: AskProps) {
  const { run, ...asked } = useAct({ refresh: webhooksQuery(projectId).queryKey, done: onClose })
  const params = { project: projectId, webhook: id }
  return (
    <ConfirmDialog
      title="Remove the webhook?"
      verb="Remove now"
      {...asked}
      isOpen={isOpen}
      onConfirm={() => void run(() => api('DELETE /projects/:project/webhooks/:webhook', { params }), 'Removed')}
      onClose={onClose}
    >
      <p>
        Nothing more is sent to <bdi>{url}</bdi>
        {waiting > 0 && `, and the ${plural(waiting, 'delivery', 'deliveries')} that wait are lost`}. Its list of
        deliveries goes, too.
      </p>
    </ConfirmDialog>
  )
}
