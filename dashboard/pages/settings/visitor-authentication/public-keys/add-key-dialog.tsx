import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs'
import { Button } from '../../../../parts/button.tsx'
import { FieldComplaint } from '../../../../parts/complaints.ts'
import { Dialog } from '../../../../parts/dialog.tsx'
import { Field, FormError } from '../../../../parts/field.tsx'
import { Form } from '../../../../parts/form.tsx'
import { LinesField } from '../../../../parts/lines-field.tsx'
import { api, codeOf } from '../../../../stores/api.ts'
import { toast } from '../../../../stores/toasts.ts'
import { useSubmit } from '../../../use-submit.ts'
import { forms, type Form as KeyForm, parseKey } from './parse-key.ts'
import { publicKeysQuery } from './public-keys-query.ts'
import '../../../../styles/tabs.css'

const names: Record<KeyForm, string> = { pem: 'PEM', jwk: 'JWK', jwksUrl: 'JWKS address' }

interface AddKeyDialogProps {
  projectId: string
  onClose: () => void
}

/** One key as PEM or JWK, or the address of a set of them; each keeps its text while the others are looked at. */
export function AddKeyDialog({ projectId, onClose }: AddKeyDialogProps) {
  const queries = useQueryClient()
  const [form, setForm] = useState<KeyForm>('pem')
  const [texts, setTexts] = useState<Record<KeyForm, string>>({ pem: '', jwk: '', jwksUrl: '' })
  const submit = useSubmit(
    async () => {
      const body = parseKey(form, texts[form])
      if (typeof body === 'string') throw new FieldComplaint(form, body)
      await api('POST /projects/:project/public-keys', { params: { project: projectId }, body })
      toast('Added')
      onClose()
      await queries.invalidateQueries({ queryKey: publicKeysQuery(projectId).queryKey })
    },
    (refusal) => (elsewhere.has(codeOf(refusal)) ? undefined : form),
  )
  return (
    <Dialog title="Add a public key" width="wide" isOpen onClose={onClose}>
      <Form className="dialog-form" {...submit.form}>
        <Tabs
          className="tabs"
          selectedKey={form}
          onSelectionChange={(key) => setForm(forms.find((each) => each === key) ?? 'pem')}
        >
          <TabList className="tab-list" aria-label="Form of the key">
            {forms.map((each) => (
              <Tab key={each} id={each} className="tab">
                {names[each]}
              </Tab>
            ))}
          </TabList>
          {forms.map((each) => (
            <TabPanel key={each} id={each} className="tab-panel key-panel">
              <KeyField form={each} value={texts[each]} onChange={(text) => setTexts({ ...texts, [each]: text })} />
            </TabPanel>
          ))}
        </Tabs>
        {submit.error && <FormError>{submit.error}</FormError>}
        <div className="dialog-actions">
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={submit.busy}>
            {submit.busy && form === 'jwksUrl' ? 'Fetching…' : 'Add'}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** Refusals that are about something else than what was pasted. */
const elsewhere = new Set<string | undefined>([
  undefined,
  'offline',
  'not_signed_in',
  'session_ended',
  'forbidden',
  'not_found',
  'too_many_keys',
  'rate_limited',
  'internal_error',
  'unavailable',
])

interface KeyFieldProps {
  form: KeyForm
  value: string
  onChange: (text: string) => void
}

function KeyField({ form, value, onChange }: KeyFieldProps) {
  if (form === 'jwksUrl') {
    return (
      <Field
        name={form}
        label="Address"
        value={value}
        onChange={onChange}
        isRequired
        inputMode="url"
        autoComplete="off"
        placeholder="https://shop.example/.well-known/jwks.json"
        hint="It is fetched now, and again every 10 minutes. A key that is no longer in it stops verifying."
      />
    )
  }
  return (
    <LinesField
      name={form}
      label="Public key"
      value={value}
      onChange={onChange}
      isRequired
      rows={7}
      placeholder={placeholders[form]}
      hint={hints[form]}
    />
  )
}

const placeholders = {
  pem: '-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----',
  jwk: '{\n  "kty": "EC",\n  "crv": "P-256",\n  "x": "…",\n  "y": "…"\n}',
}

const hints = {
  pem: 'The algorithm follows from the key: P-256 means ES256, Ed25519 EdDSA, RSA of 2,048 bits or more RS256.',
  jwk: 'If it has a kid, tokens may name it.',
}
