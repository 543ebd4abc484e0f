import { Checks } from '../../../parts/checks.tsx'
import { Choice } from '../../../parts/choice.tsx'
import { SettingGroup } from '../setting-group.tsx'
import type { SwitchName } from './draft.ts'
import type { PartProps } from './looks.tsx'

export function Behaviour({ draft, set }: PartProps) {
  const { on, onPageChange } = draft
  const options: readonly { value: SwitchName }[] = shown
  const values = options.filter(({ value }) => on[value]).map(({ value }) => value)
  const choose = (chosen: readonly string[]) =>
    set({ on: { ...on, ...Object.fromEntries(options.map(({ value }) => [value, chosen.includes(value)])) } })
  return (
    <>
      <SettingGroup title="What visitors find" sentence="Each can be set by a page, too.">
        <Checks label="Shown and allowed" options={shown} values={values} onChange={choose} />
      </SettingGroup>
      <SettingGroup title="From page to page" sentence="What becomes of the open chat when a visitor goes on.">
        <div className="widget-pair">
          <Choice
            label="On a desktop"
            options={[unsaid, ...visibilities]}
            value={onPageChange.desktop}
            onChange={(desktop) => set({ onPageChange: { ...onPageChange, desktop } })}
          />
          <Choice
            label="On a phone"
            options={visibilities}
            value={onPageChange.mobile}
            onChange={(mobile) => set({ onPageChange: { ...onPageChange, mobile } })}
          />
        </div>
      </SettingGroup>
    </>
  )
}

const shown = [
  { value: 'displayOnDesktop', text: 'The chat on desktops' },
  { value: 'displayOnMobile', text: 'The chat on phones' },
  { value: 'showAvailableAgents', text: 'Who is there', hint: 'First names of agents who are online.' },
  { value: 'showWaitTime', text: 'How fast you answer', hint: 'The middle first answer of the last 7 days.' },
  { value: 'soundEnabled', text: 'A sound for a new message', hint: 'Each visitor can switch it off.' },
  { value: 'nativeRating', text: 'Stars when a conversation is closed' },
  { value: 'allowReopen', text: 'Writing on in a closed conversation' },
  { value: 'singleConversation', text: 'One conversation for all', hint: 'No list, and no second one.' },
] as const

const unsaid = {
  value: 'unsaid',
  text: 'As the page’s script has it',
  hint: 'It stays as it was; with a script of version 5 or 6 it closes.',
} as const

const visibilities = [
  { value: 'close', text: 'It closes' },
  { value: 'open', text: 'It opens' },
  { value: 'last', text: 'It stays as it was' },
] as const
