import { Choice } from '../../../parts/choice.tsx'
import { Field } from '../../../parts/field.tsx'
import { SettingGroup } from '../setting-group.tsx'
import type { Draft } from './draft.ts'
import { TextSetting } from './text-setting.tsx'

export interface PartProps {
  draft: Draft
  set: (changes: Partial<Draft>) => void
}

export function Looks({ draft, set }: PartProps) {
  const parts = { draft, set }
  return (
    <SettingGroup title="Looks" sentence="Text on the theme colour stays legible, whichever you choose.">
      <div className="setting-form">
        <div className="color-field">
          <input
            type="color"
            aria-label="Theme colour, picked"
            value={draft.themeColor}
            onChange={(event) => set({ themeColor: event.currentTarget.value })}
          />
          <Field
            label="Theme colour"
            name="themeColor"
            value={draft.themeColor}
            onChange={(themeColor) => set({ themeColor })}
            pattern="#[0-9a-fA-F]{6}"
            isRequired
          />
        </div>
        <div className="widget-pair">
          <Choice label="Corner" options={corners} value={draft.align} onChange={(align) => set({ align })} />
          <Choice
            label="Launcher’s shape"
            options={shapes}
            value={draft.launcherShape}
            onChange={(launcherShape) => set({ launcherShape })}
          />
        </div>
        <TextSetting {...parts} name="logoChat" label="Logo" kind="address" hint="Shown on the first screen." />
        <TextSetting {...parts} name="launcherImage" label="Launcher’s image" kind="address" />
      </div>
    </SettingGroup>
  )
}

const corners = [
  { value: 'right', text: 'Right' },
  { value: 'left', text: 'Left' },
] as const

const shapes = [
  { value: 'round', text: 'Round' },
  { value: 'rounded', text: 'Rounded' },
  { value: 'square', text: 'Square' },
] as const
