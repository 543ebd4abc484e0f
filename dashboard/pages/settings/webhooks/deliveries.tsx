import { useStore } from '@nanostores/react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Delivery } from '../../../../protocol/endpoints/webhooks.ts'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { plural, remaining } from '../../../parts/time.ts'
import { api } from '../../../stores/api.ts'
import { $now } from '../../../stores/now.ts'
import { useAct } from '../../use-act.ts'
import { Log } from '../log.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { deliveriesQuery, webhooksQuery } from './webhooks-query.ts'
import '../../../styles/webhooks.css'

/** What was sent to one webhook, or is to be. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const { project } = useProject()
  const { data } = useQuery(webhooksQuery(project.id))
  const query = useInfiniteQuery(deliveriesQuery(project.id, webhookId))
  const webhook = data?.webhooks.find(({ id }) => id === webhookId)
  return (
    <>
      <p className="webhooks-back">
        <Link to={`/projects/${project.id}/settings/webhooks`}>
          <Icon name="back" size={16} />
          All webhooks
        </Link>
      </p>
      <SettingGroup
        title="Deliveries"
        action={<SendTest projectId={project.id} webhookId={webhookId} />}
        sentence={
          <>
            {webhook && (
              <>
                To <bdi className="webhook-address">{webhook.url}</bdi>.{' '}
              </>
            )}
            What arrived stays here for 7 days, what was given up for 30.
            {webhook?.enabled === false && ' It is switched off: what waits goes when it is on again.'}
          </>
        }
      >
        <Log query={query} empty={<Nothing />}>
          {(delivery) => (
            <Line {...{ delivery, webhookId }} projectId={project.id} isOff={webhook?.enabled === false} />
          )}
        </Log>
      </SettingGroup>
    </>
  )
}

/** What came of it stands in the list a moment later. */
function SendTest({ projectId, webhookId }: { projectId: string; webhookId: string }) {
  const { busy, run } = useAct({ refresh: deliveriesQuery(projectId, webhookId).queryKey })
  const params = { project: projectId, webhook: webhookId }
  return (
    <Button
      busy={busy}
      onPress={() => void run(() => api('POST /projects/:project/webhooks/:webhook/test', { params }), 'Test sent')}
    >
      Send a test
    </Button>
  )
}

function Nothing() {
  return (
    <>
      <strong>Nothing has been sent yet</strong>
      <span>What this webhook is told stands here within seconds: what, when, and what your server answered.</span>
    </>
  )
}

interface LineProps {
  delivery: Delivery
  projectId: string
  webhookId: string
  /** Nothing is sent by itself now. */
  isOff: boolean
}

function Line({ delivery, projectId, webhookId, isOff }: LineProps) {
  const { id, type, state, status, failure, attempts } = delivery
  const { busy, run } = useAct({ refresh: deliveriesQuery(projectId, webhookId).queryKey })
  const key = 'POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend'
  const params = { project: projectId, webhook: webhookId, delivery: id }
  const verb = state === 'waiting' ? 'Send now' : 'Send again'
  return (
    <div className="delivery">
      <div className="log-main">
        <p className="log-title">{type}</p>
        <State delivery={delivery} isOff={isOff} />
        {failure !== null && status === null && <p className="log-hint">{failure}</p>}
        <p className="log-facts">
          {status !== null && <span>Status {status}</span>}
          {attempts > 0 && <span>{plural(attempts, 'attempt')}</span>}
          <code className="mono">{id}</code>
        </p>
      </div>
      <Button
        size="small"
        busy={busy}
        aria-label={`${verb}: ${type}`}
        onPress={() => void run(() => api(key, { params }), 'Sending')}
      >
        {verb}
      </Button>
    </div>
  )
}

function State({ delivery: { type, state, attempts, nextTryAt }, isOff }: Pick<LineProps, 'delivery' | 'isOff'>) {
  const now = useStore($now)
  if (state === 'delivered') return <p data-tone="good">Delivered</p>
  if (state === 'given_up') return <p data-tone="bad">{isTest(type) ? 'Not delivered' : 'Given up after three days'}</p>
  if (attempts === 0) return <p>Waiting</p>
  if (isOff) return <p data-tone="warn">Failed, and waiting</p>
  const left = nextTryAt === null ? 0 : nextTryAt - now
  return <p data-tone="warn">Failed. Next try {left > 60_000 ? `in ${remaining(left)}` : 'within a minute'}</p>
}

/** Tried once. */
const isTest = (type: string) => type === 'webhook.test'
