import { LinesField } from '../../../parts/lines-field.tsx'
import { SettingGroup } from '../setting-group.tsx'
import type { PartProps } from './looks.tsx'

/** On which pages the chat is there at all. */
export function PagesGroup({ draft, set }: PartProps) {
  return (
    <SettingGroup title="Pages" sentence="Paths or whole addresses, one a line. A * stands for anything.">
      <div className="setting-form">
        <LinesField
          label="Only on these pages"
          name="displayOnPages"
          value={draft.displayOnPages}
          onChange={(displayOnPages) => set({ displayOnPages })}
          rows={3}
          placeholder="/shop/*"
          hint="Empty: on every page."
        />
        <LinesField
          label="Not on these pages"
          name="displayNotOnPages"
          value={draft.displayNotOnPages}
          onChange={(displayNotOnPages) => set({ displayNotOnPages })}
          rows={3}
          placeholder="/checkout"
        />
      </div>
    </SettingGroup>
  )
}
