import { useState } from 'react'
import type { Input } from '../../../../../protocol/endpoints.ts'
import type { SharedSecret } from '../../../../../protocol/records.ts'
import { Button } from '../../../../parts/button.tsx'
import { Choice, OpenChoice } from '../../../../parts/choice.tsx'
import { Dialog } from '../../../../parts/dialog.tsx'
import { FormError } from '../../../../parts/field.tsx'
import { consequence } from '../consequence.ts'
import { type Grace, graces } from './secrets-query.ts'

export type Previous = Input<'POST /projects/:project/shared-secrets'>['body']
type Fate = 'revoke' | 'retire' | 'keep'

interface GenerateDialogProps {
  /** The secrets that the choice is about. */
  active: readonly SharedSecret[]
  isOpen: boolean
  busy: boolean
  error: string | undefined
  onClose: () => void
  onGenerate: (previous: Previous) => Promise<void>
}

/** What becomes of the secrets that are in use, before a new one is made (SS5, SS7). */
export function GenerateDialog({ active, isOpen, busy, error, onClose, onGenerate }: GenerateDialogProps) {
  const [fate, setFate] = useState<Fate>('revoke')
  const [grace, setGrace] = useState<Grace>('86400')
  const generate = () => onGenerate({ previous: fate, ...(fate === 'retire' && { graceSeconds: Number(grace) }) })
  const which =
    active.length === 1 ? `the present secret, …${active[0]?.last4}` : `the ${active.length} present secrets`
  return (
    <Dialog
      title="Generate a shared secret"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look={fate === 'revoke' ? 'danger' : 'primary'} busy={busy} onPress={() => void generate()}>
            {verbs[fate]}
          </Button>
        </>
      }
    >
      <OpenChoice label={`What becomes of ${which}?`} options={optionsFor(active)} value={fate} onChange={setFate} />
      {fate === 'retire' && <Choice label="Accept its tokens for" options={graces} value={grace} onChange={setGrace} />}
      {error && <FormError>{error}</FormError>}
    </Dialog>
  )
}

const verbs: Record<Fate, string> = {
  revoke: 'Revoke and generate',
  retire: 'Retire and generate',
  keep: 'Generate',
}

function optionsFor(active: readonly SharedSecret[]) {
  return [
    { value: 'revoke', text: 'Revoke now', hint: consequence(active) },
    { value: 'retire', text: 'Retire', hint: 'Nobody is signed out; your servers have time to change over.' },
    { value: 'keep', text: 'Keep', hint: 'Both are valid until you revoke one.' },
  ] as const
}
