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
    hint: 'A visitor began a conversation, or brought one back.',
  },
  { value: 'conversation.assigned', text: 'conversation.assigned', hint: 'An agent has it now, or nobody any more.' },
  { value: 'conversation.resolved', text: 'conversation.resolved', hint: 'It was closed.' },
  {
    value: 'message.added',
    text: 'message.added',
    hint: 'A message, a note, or a line such as “The conversation was closed”.',
  },
  { value: 'visitor.verified', text: 'visitor.verified', hint: 'Somebody signed in with a token that was good.' },
  { value: 'key.rotated', text: 'key.rotated', hint: 'A shared secret or public key was made, retired or revoked.' },
]
