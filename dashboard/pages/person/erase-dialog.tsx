import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { FieldComplaint } from '../../parts/complaints.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { Field, FormError } from '../../parts/field.tsx'
import { Form } from '../../parts/form.tsx'
import { api } from '../../stores/api.ts'
import { $erased, type Erasing } from '../../stores/erasing.ts'
import { toast } from '../../stores/toasts.ts'
import { useSubmit } from '../use-submit.ts'
import { erasePerson, type Outcome } from './erase-person.ts'
import { Holdings } from './holdings.tsx'

const word = 'erase'

interface EraseDialogProps {
  whom: Erasing
  onClose: (outcome?: Outcome) => void
}

/** Says what goes, asks for more than a press, and tells when it is gone (HT6). */
export function EraseDialog({ whom, onClose }: EraseDialogProps) {
  const [outcome, setOutcome] = useState<Outcome>()
  if (outcome === undefined) return <Ask whom={whom} onClose={() => onClose()} onErased={setOutcome} />
  return (
    <Dialog
      title={`\u2068${whom.name}\u2069 is erased`}
      isOpen
      onClose={() => onClose(outcome)}
      actions={
        <Button look="primary" autoFocus onPress={() => onClose(outcome)}>
          Close
        </Button>
      }
    >
      <p>{outcome === 'all' ? nothingLeft : goesOn}</p>
    </Dialog>
  )
}

const nothingLeft = 'Nothing of this person is stored here any more.'
const goesOn = 'The person is gone for everybody. What is left goes by itself in the next minutes.'

interface AskProps {
  whom: Erasing
  onClose: () => void
  onErased: (outcome: Outcome) => void
}

function Ask({ whom, onClose, onErased }: AskProps) {
  const [typed, setTyped] = useState('')
  const form = useId()
  const isHere = useIsHere()
  const submit = useSubmit(async () => {
    if (typed.trim().toLowerCase() !== word) throw new FieldComplaint('word', `Type “${word}”. It cannot be undone.`)
    const outcome = await erasePerson(api, whom)
    $erased.set(whom.visitorId)
    if (isHere.current) onErased(outcome)
    else toast('Erased')
  })
  return (
    <Dialog
      title={`Erase \u2068${whom.name}\u2069?`}
      role="alertdialog"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{submit.busy ? 'Close' : 'Cancel'}</Button>
          <Button type="submit" form={form} look="danger" busy={submit.busy}>
            Erase now
          </Button>
        </>
      }
    >
      <Holdings whom={whom} />
      <p>
        Within a second the person is signed out everywhere and gone for you and your team. Deleting the rest may take a
        minute; it goes on if you close this.
      </p>
      <p>
        <strong>It cannot be undone.</strong> Backups made before still hold it, until you delete them. The audit log
        keeps that you erased somebody, not who it was.
      </p>
      <Form id={form} className="dialog-form" {...submit.form}>
        <Field
          label={`Type “${word}” to go on`}
          name="word"
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          spellCheck="false"
        />
      </Form>
      {submit.busy && (
        <p className="setting-now" role="status">
          Erasing…
        </p>
      )}
      {submit.error && <FormError>Not erased. {submit.error}</FormError>}
    </Dialog>
  )
}

/** What ends after the dialog was closed is told otherwise. */
function useIsHere() {
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return isHere
}
