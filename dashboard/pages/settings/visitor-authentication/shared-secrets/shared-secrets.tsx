import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../../../../protocol/endpoints.ts'
import type { SharedSecret } from '../../../../../protocol/records.ts'
import { Button } from '../../../../parts/button.tsx'
import { api, sentenceFor } from '../../../../stores/api.ts'
import { toast } from '../../../../stores/toasts.ts'
import { Loaded } from '../../loaded.tsx'
import { SettingGroup } from '../../setting-group.tsx'
import { useProject } from '../../use-project.ts'
import { GenerateDialog, type Previous } from './generate-dialog.tsx'
import { SecretCard } from './secret-card.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { isOver } from './secret-state.ts'
import { secretsQuery } from './secrets-query.ts'

type Fresh = Answer<'POST /projects/:project/shared-secrets'>

/** The secrets, and the one way to a new one. The new one lives in this component's state until it is closed. */
export function SharedSecrets() {
  const { project } = useProject()
  const queries = useQueryClient()
  const query = useQuery(secretsQuery(project.id))
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const [fresh, setFresh] = useState<Fresh>()
  const active = (query.data?.sharedSecrets ?? []).filter((secret) => secret.state === 'active')

  async function generate(previous?: Previous) {
    if (busy) return
    setBusy(true)
    setError(undefined)
    try {
      setFresh(
        await api('POST /projects/:project/shared-secrets', { params: { project: project.id }, body: { ...previous } }),
      )
      setAsking(false)
      await queries.invalidateQueries({ queryKey: secretsQuery(project.id).queryKey })
    } catch (failure) {
      const sentence = `Not generated. ${sentenceFor(failure)}`
      if (asking) setError(sentence)
      else toast(sentence, { tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }

  function close() {
    setAsking(false)
    setError(undefined)
  }

  return (
    <SettingGroup
      title="Shared secrets"
      sentence="With a shared secret your server signs who its visitors are. Whoever has it can be anybody: keep it on the server."
      action={
        <Button
          look="primary"
          icon="key"
          busy={busy}
          isDisabled={query.data === undefined}
          onPress={() => (active.length > 0 ? setAsking(true) : void generate())}
        >
          Generate
        </Button>
      }
    >
      <Loaded query={query} height={84}>
        {({ sharedSecrets }) => <Secrets secrets={sharedSecrets} projectId={project.id} />}
      </Loaded>
      <GenerateDialog active={active} isOpen={asking} busy={busy} error={error} onClose={close} onGenerate={generate} />
      {fresh && <SecretDialog secret={fresh.secret} onClose={() => setFresh(undefined)} />}
    </SettingGroup>
  )
}

/** The revoked ones stand back: they are kept for a while so that their tokens can be told for what they are. */
function Secrets({ secrets, projectId }: { secrets: readonly SharedSecret[]; projectId: string }) {
  const [all, setAll] = useState(false)
  const revoked = secrets.filter(isOver).length
  const shown = all ? secrets : secrets.filter((secret) => !isOver(secret))
  return (
    <>
      {secrets.length === revoked && <NoSecret any={revoked > 0} />}
      {shown.length > 0 && (
        <ul className="cards" aria-label="Shared secrets">
          {shown.map((secret) => (
            <SecretCard key={secret.id} secret={secret} projectId={projectId} />
          ))}
        </ul>
      )}
      {revoked > 0 && (
        <span className="cards-more">
          <Button look="quiet" size="small" aria-expanded={all} onPress={() => setAll(!all)}>
            {all ? 'Hide revoked' : `Show ${revoked} revoked`}
          </Button>
        </span>
      )}
    </>
  )
}

function NoSecret({ any }: { any: boolean }) {
  return (
    <p className="blank">
      <strong>{any ? 'No live secret' : 'No secret yet'}</strong>
      Generate one, and give it to your server. Without a key every visitor is anonymous.
    </p>
  )
}
