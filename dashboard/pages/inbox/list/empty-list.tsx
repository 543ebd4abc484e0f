import type { View } from '../../../stores/view.ts'

const quiet = {
  open: {
    mine: ['Nothing waits for you', 'Conversations that are assigned to you appear here.'],
    unassigned: ['Everybody is looked after', 'New conversations appear here.'],
    all: ['Nothing is open', 'New conversations appear here.'],
  },
  snoozed: {
    mine: ['Nothing is snoozed', 'A snoozed conversation comes back when the visitor writes.'],
    unassigned: ['Nothing is snoozed', 'A snoozed conversation comes back when the visitor writes.'],
    all: ['Nothing is snoozed', 'A snoozed conversation comes back when the visitor writes.'],
  },
  resolved: {
    mine: ['Nothing is resolved yet', 'What you resolve is kept here.'],
    unassigned: ['Nothing is resolved yet', 'What is resolved is kept here.'],
    all: ['Nothing is resolved yet', 'What is resolved is kept here.'],
  },
} as const

export function EmptyList({ view, isEmpty }: { view: View; isEmpty: boolean }) {
  const [title, sentence] = isEmpty
    ? (['No conversations yet', 'They appear here as soon as a visitor writes.'] as const)
    : quiet[view.state][view.folder]
  return (
    <div className="list-note">
      <div>
        <strong>{title}</strong>
        <p>{sentence}</p>
      </div>
    </div>
  )
}
