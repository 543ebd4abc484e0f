import { OpenChoice } from '../../../parts/choice.tsx'
import { LinesField } from '../../../parts/lines-field.tsx'
import { SettingGroup } from '../setting-group.tsx'
import type { PartProps } from './looks.tsx'

/** What is asked before the first message. */
export function FormGroup({ draft, set }: PartProps) {
  return (
    <SettingGroup
      title="Before the first message"
      sentence="Nobody who has signed in with a token is asked for his name or e-mail."
    >
      <div className="setting-form">
        <OpenChoice
          label="Before the first message"
          labelHidden
          options={asking}
          value={draft.on.preChatForm ? 'form' : 'nothing'}
          onChange={(asked) => set({ on: { ...draft.on, preChatForm: asked === 'form' } })}
        />
        {draft.on.preChatForm && (
          <LinesField
            label="Fields"
            name="form"
            value={draft.form}
            onChange={(form) => set({ form })}
            rows={8}
            placeholder={example}
            hint={
              <>
                A list in JSON, as{' '}
                <a href="/docs/widget-api" target="_blank" rel="noreferrer">
                  preChatFormJson
                </a>
                . Empty: name and e-mail.
              </>
            }
          />
        )}
      </div>
    </SettingGroup>
  )
}

const asking = [
  { value: 'nothing', text: 'Ask nothing', hint: 'Whoever has a question writes it.' },
  { value: 'form', text: 'Show a form', hint: 'Its answers stand with the conversation.' },
] as const

const example = `[
  { "name": "userEmail", "type": "text", "label": "E-mail", "mandatory": true },
  { "name": "order", "type": "text", "label": { "en": "Order", "it": "Ordine" } }
]`
