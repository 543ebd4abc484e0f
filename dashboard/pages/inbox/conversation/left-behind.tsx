import { useStore } from '@nanostores/react'
import { useHere } from '../../workspace-context.ts'
import { Bubble } from '../thread/bubble.tsx'
import { entryOf } from '../thread/entry.ts'

/** What somebody wrote to a conversation that he sees no more: his words stay before his eyes (DL5). */
export function LeftBehind({ conversationId }: { conversationId: string }) {
  const { threads, agent } = useHere().workspace
  const unsent = useStore(threads.of(conversationId).rows).filter(({ state }) => state !== 'sent')
  if (unsent.length === 0) return null
  return (
    <div className="group group-agent">
      <div className="group-body">
        {unsent.map((row) => (
          <Bubble key={row.key} entry={entryOf(row, agent)} author={agent.name} />
        ))}
      </div>
    </div>
  )
}
