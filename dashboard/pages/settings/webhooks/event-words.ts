import type { WebhookEvent } from '../../../../protocol/endpoints/webhooks.ts'

interface EventOption {
  value: WebhookEvent
  text: string
  hint: string
}

/** What a webhook can be told, in words. */
export const eventOptions: readonly EventOption[] = [
  {
    value: 'conversation.opened',
    text: 'conversation.opened',
    hint: 'A visitor began a conversation, or one was opened again.',
  },
  { value: 'conversation.assigned', text: 'conversation.assigned', hint: 'An agent has it now, or nobody any more.' },
  { value: 'conversation.resolved', text: 'conversation.resolved', hint: 'An agent or its visitor closed it.' },
  {
    value: 'message.added',
    text: 'message.added',
    hint: 'A visitor or an agent wrote: messages and notes.',
  },
  { value: 'visitor.verified', text: 'visitor.verified', hint: 'A visitor signed in with a valid token.' },
  { value: 'key.rotated', text: 'key.rotated', hint: 'A shared secret or public key was made, retired or revoked.' },
]
