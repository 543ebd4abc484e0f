import { useCallback, useEffect, useRef, useState } from 'react'
import type { TokenCheck } from '../../../../../protocol/admin-records.ts'
import { Button } from '../../../../parts/button.tsx'
import { Field } from '../../../../parts/field.tsx'
import { LinesField } from '../../../../parts/lines-field.tsx'
import { api } from '../../../../stores/api.ts'
import { useSubmit } from '../../../use-submit.ts'
import { SettingForm } from '../../setting-form.tsx'
import { SettingGroup } from '../../setting-group.tsx'
import { useProject } from '../../use-project.ts'
import { summaryOf, Verdict } from './verdict.tsx'

/**
 * Runs every rule on a pasted token (VS13). The token is in this component's state and nowhere else: no cache, no
 * address, no storage; leaving the page forgets it.
 */
export function CheckToken() {
  const { project } = useProject()
  const [token, setToken] = useState('')
  const [verifier, setVerifier] = useState('')
  const [check, setCheck] = useState<TokenCheck>()
  const asked = useRef(0)
  const isBound = check?.rules.some(({ code }) => code === 'nonce_mismatch') || verifier !== ''

  async function run(text: string) {
    asked.current += 1
    const mine = asked.current
    const body = { token: text.trim(), ...(verifier.trim() !== '' && { verifier: verifier.trim() }) }
    const answer = await api('POST /projects/:project/token-checks', { params: { project: project.id }, body })
    if (mine === asked.current) setCheck(answer)
  }
  const submit = useSubmit(() => run(token))

  function write(text: string) {
    asked.current += 1
    setToken(text)
    setCheck(undefined)
  }

  const forget = useCallback(() => {
    asked.current += 1
    setToken('')
    setVerifier('')
    setCheck(undefined)
  }, [])
  // The browser may keep a page that is left, to show it again as it was.
  useEffect(() => {
    addEventListener('pagehide', forget)
    return () => removeEventListener('pagehide', forget)
  }, [forget])

  return (
    <SettingGroup
      title="Check a token"
      sentence="Paste a token that your server has signed. Every rule is run on it; it signs nobody in, and is neither kept nor logged."
    >
      <SettingForm
        submit={submit}
        verb="Check"
        beside={
          token !== '' && (
            <Button look="quiet" onPress={forget}>
              Clear
            </Button>
          )
        }
      >
        <LinesField
          name="token"
          label="Token"
          value={token}
          onChange={write}
          onKeyDown={sendOnEnter}
          rows={5}
          isRequired
          placeholder="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHRlcm5hbF9pZCI6…"
        />
        {isBound && (
          <Field
            name="verifier"
            label="Verifier"
            value={verifier}
            onChange={setVerifier}
            autoComplete="off"
            hint="The token has a nonce, so it is good in one browser only. That browser keeps the verifier."
          />
        )}
      </SettingForm>
      <p className="visually-hidden" aria-live="polite">
        {check && summaryOf(check)}
      </p>
      {check && <Verdict check={check} />}
    </SettingGroup>
  )
}

/** A token has no lines. */
function sendOnEnter(event: { key: string; target: EventTarget; preventDefault: () => void }) {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLTextAreaElement)) return
  event.preventDefault()
  event.target.form?.requestSubmit()
}
