import { Field } from '../../../parts/field.tsx'
import { SettingGroup } from '../setting-group.tsx'
import type { PartProps } from './looks.tsx'
import { TextSetting } from './text-setting.tsx'

export function Texts({ draft, set }: PartProps) {
  const parts = { draft, set }
  return (
    <>
      <SettingGroup title="Texts" sentence="What is left empty, the widget says in the visitor’s language.">
        <div className="setting-form">
          <TextSetting {...parts} name="widgetTitle" label="Title" />
          <TextSetting {...parts} name="welcomeTitle" label="Greeting" />
          <TextSetting {...parts} name="welcomeMsg" label="Below the greeting" kind="sentence" />
          <TextSetting {...parts} name="poweredBy" label="Last line of the first screen" kind="sentence" />
        </div>
      </SettingGroup>
      <SettingGroup title="Callout" sentence="A bubble beside the launcher. Whoever closes it does not see it again.">
        <div className="setting-form">
          <TextSetting {...parts} name="calloutTitle" label="Callout’s title" />
          <TextSetting {...parts} name="calloutMsg" label="Callout’s text" kind="sentence" />
          <Field
            label="Shows after, in seconds"
            name="calloutTimer"
            value={draft.calloutTimer}
            onChange={(calloutTimer) => set({ calloutTimer })}
            pattern="[0-9]{1,5}"
            inputMode="numeric"
            hint="Empty: never. 0: at once."
          />
        </div>
      </SettingGroup>
    </>
  )
}
