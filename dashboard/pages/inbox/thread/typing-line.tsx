import type { Conversation } from '../../../../protocol/records.ts'
import { cleanName } from '../../../parts/clean-name.ts'
import { visitorName } from '../../../parts/standing.ts'
import { useTypist } from '../use-typist.ts'

export function TypingLine({ conversation }: { conversation: Conversation }) {
  const typist = useTypist(conversation.id)
  if (typist === undefined) return null
  const name = typist.kind === 'visitor' ? visitorName(conversation.visitor) : (cleanName(typist.name) ?? 'An agent')
  return (
    <p className="typing" role="status" data-kind={typist.kind}>
      <span className="typing-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>
        <bdi>{name}</bdi> is typing
      </span>
    </p>
  )
}
