import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Webhook, WebhookEvent } from '../../../../protocol/endpoints/webhooks.ts'
import type { Answer } from '../../../../protocol/endpoints.ts'
import { Button } from '../../../parts/button.tsx'
import { Checks } from '../../../parts/checks.tsx'
import { FieldComplaint } from '../../../parts/complaints.ts'
import { Dialog } from '../../../parts/dialog.tsx'
import { Field, FormError } from '../../../parts/field.tsx'
import { Form } from '../../../parts/form.tsx'
import { api, apiMatching, codeOf } from '../../../stores/api.ts'
import { useSubmit } from '../../use-submit.ts'
import { changesIn } from '../changes.ts'
import { eventOptions } from './event-words.ts'
import { webhooksQuery } from './webhooks-query.ts'

interface WebhookDialogProps {
  projectId: string
  /** The one that is changed; without it, one is added. */
  webhook?: Webhook
  onAdded?: (made: Answer<'POST /projects/:project/webhooks'>) => void
  onClose: () => void
}

export function WebhookDialog({ projectId, webhook, onAdded, onClose }: WebhookDialogProps) {
  const queries = useQueryClient()
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [events, setEvents] = useState<WebhookEvent[]>(webhook?.events ?? ['conversation.opened', 'message.added'])
  const [before] = useState(webhook)
  const [etag, setEtag] = useState(webhook?.etag)
  const submit = useSubmit(async () => {
    if (events.length === 0) throw new FieldComplaint('events', 'Choose at least one event.')
    const fields = { url: url.trim(), events }
    if (before) {
      const params = { project: projectId, webhook: before.id }
      const body = changesIn<typeof fields>(before, fields)
      await apiMatching(etag)('PATCH /projects/:project/webhooks/:webhook', { params, body }).catch(lookAgain)
    } else onAdded?.(await api('POST /projects/:project/webhooks', { params: { project: projectId }, body: fields }))
    onClose()
    await queries.invalidateQueries({ queryKey: webhooksQuery(projectId).queryKey })
  })
  /** What is typed stays; saved once more, it is meant. */
  async function lookAgain(error: unknown): Promise<never> {
    if (codeOf(error) === 'changed_meanwhile') {
      const { webhooks } = await queries.fetchQuery({ ...webhooksQuery(projectId), staleTime: 0 })
      setEtag(webhooks.find(({ id }) => id === webhook?.id)?.etag)
    }
    throw error
  }
  const verb = webhook ? 'Save' : 'Add'
  return (
    <Dialog title={webhook ? 'Change the webhook' : 'Add a webhook'} isOpen onClose={onClose}>
      <Form className="dialog-form" {...submit.form}>
        <Field
          label="Address"
          name="url"
          value={url}
          onChange={setUrl}
          maxLength={2_048}
          isRequired
          autoFocus
          autoComplete="off"
          placeholder="https://shop.example/signet"
          hint="An https:// address of the public internet."
        />
        <Checks label="Events" options={eventOptions} values={events} onChange={setEvents} />
        {submit.error && <FormError>{submit.error}</FormError>}
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={submit.busy}>
            {verb}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
