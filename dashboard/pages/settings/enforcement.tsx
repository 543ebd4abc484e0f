import { useState } from 'react'
import type { Project } from '../../../protocol/records.ts'
import { Button } from '../../parts/button.tsx'
import { OpenChoice } from '../../parts/choice.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SettingGroup } from './setting-group.tsx'
import { useInstant, useProject } from './use-project.ts'

const options = [
  { value: 'off', text: 'Off', hint: 'Everybody may write, signed in or not.' },
  { value: 'report', text: 'Report', hint: 'Everybody may write. What would be refused is counted.' },
  { value: 'required', text: 'Required', hint: 'Only visitors with a valid token may write.' },
] as const satisfies readonly { value: Project['enforcement']; text: string; hint: string }[]

export function Enforcement() {
  const { project, change } = useProject()
  const [asking, setAsking] = useState(false)
  const [value, choose] = useInstant(project.enforcement, (enforcement) => change({ enforcement }))
  const close = () => setAsking(false)
  function require() {
    close()
    void choose('required')
  }
  return (
    <SettingGroup title="Enforcement" sentence="Who may write to you.">
      <OpenChoice
        label="Enforcement"
        labelHidden
        options={options}
        value={value}
        onChange={(next) => (next === 'required' ? setAsking(true) : void choose(next))}
      />
      <Dialog
        title="Require a token from everybody?"
        role="alertdialog"
        isOpen={asking}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>Cancel</Button>
            <Button look="danger" onPress={require}>
              Require tokens now
            </Button>
          </>
        }
      >
        <p>Anonymous visitors are signed out at once and cannot write any more. Signed-in visitors notice nothing.</p>
      </Dialog>
    </SettingGroup>
  )
}
