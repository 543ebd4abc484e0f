import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../../../protocol/endpoints.ts'
import { Button } from '../../../parts/button.tsx'
import { Loaded } from '../loaded.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { Deliveries } from './deliveries.tsx'
import { WebhookCard } from './webhook-card.tsx'
import { WebhookDialog } from './webhook-dialog.tsx'
import { WebhookSecretDialog } from './webhook-secret-dialog.tsx'
import { webhooksQuery } from './webhooks-query.ts'

type Fresh = Answer<'POST /projects/:project/webhooks'>

/** Where this project tells what happens; or, of one of them, what was sent. */
export function Webhooks({ part }: { part: string | undefined }) {
  return part === undefined ? <List /> : <Deliveries webhookId={part} />
}

function List() {
  const { project } = useProject()
  const query = useQuery(webhooksQuery(project.id))
  const [asking, setAsking] = useState(false)
  const [fresh, setFresh] = useState<Fresh>()
  return (
    <SettingGroup
      title="Who is told"
      sentence={
        <>
          Signet tells an address of yours what happens here, signed, and tries for three days until it arrives.{' '}
          <a href="/docs/webhooks" target="_blank" rel="noreferrer">
            How to receive them
          </a>
        </>
      }
      action={
        <Button look="primary" icon="plus" isDisabled={query.data === undefined} onPress={() => setAsking(true)}>
          Add
        </Button>
      }
    >
      <Loaded query={query} height={96}>
        {({ webhooks }) =>
          webhooks.length === 0 ? (
            <p className="blank">
              <strong>No webhook yet</strong>
              Add one to hear in your own system when a conversation begins, a message comes, or a visitor signs in.
            </p>
          ) : (
            <ul className="cards" aria-label="Webhooks">
              {webhooks.map((webhook) => (
                <WebhookCard key={webhook.id} webhook={webhook} projectId={project.id} onFresh={setFresh} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asking && <WebhookDialog projectId={project.id} onAdded={setFresh} onClose={() => setAsking(false)} />}
      {fresh && <WebhookSecretDialog secret={fresh.secret} onClose={() => setFresh(undefined)} />}
    </SettingGroup>
  )
}
