import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../../protocol/endpoints.ts'
import { Button } from '../../parts/button.tsx'
import { Bone, Waiting } from '../../parts/skeleton.tsx'
import { api, sentenceFor } from '../../stores/api.ts'
import { toast } from '../../stores/toasts.ts'
import { GenerateDialog, type Previous } from './generate-dialog.tsx'
import { SecretCard } from './secret-card.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { secretsQuery } from './secrets-query.ts'
import { SettingGroup } from './setting-group.tsx'
import { useProject } from './use-project.ts'

type Fresh = Answer<'POST /projects/:project/shared-secrets'>

/** The secrets, and the one way to a new one. The new one lives in this component's state until it is closed. */
export function SharedSecrets() {
  const { project } = useProject()
  const queries = useQueryClient()
  const { data, error } = useQuery(secretsQuery(project.id))
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fresh, setFresh] = useState<Fresh>()
  const secrets = data?.sharedSecrets ?? []
  const active = secrets.filter((secret) => secret.state === 'active')

  async function generate(previous?: Previous) {
    if (busy) return
    setBusy(true)
    try {
      setFresh(
        await api('POST /projects/:project/shared-secrets', { params: { project: project.id }, body: { ...previous } }),
      )
      setAsking(false)
      await queries.invalidateQueries({ queryKey: secretsQuery(project.id).queryKey })
    } catch (failure) {
      toast(`Not generated. ${sentenceFor(failure)}`, { tone: 'bad' })
    } finally {
      setBusy(false)
    }
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
          isDisabled={data === undefined}
          onPress={() => (active.length > 0 ? setAsking(true) : void generate())}
        >
          Generate
        </Button>
      }
    >
      {error ? <p className="blank">{sentenceFor(error)}</p> : data === undefined ? <Shape /> : null}
      {data && secrets.length === 0 && <NoSecret />}
      {secrets.length > 0 && (
        <ul className="cards" aria-label="Shared secrets">
          {secrets.map((secret) => (
            <SecretCard key={secret.id} secret={secret} projectId={project.id} />
          ))}
        </ul>
      )}
      <GenerateDialog
        active={active}
        isOpen={asking}
        busy={busy}
        onClose={() => setAsking(false)}
        onGenerate={generate}
      />
      {fresh && <SecretDialog secret={fresh.secret} onClose={() => setFresh(undefined)} />}
    </SettingGroup>
  )
}

function NoSecret() {
  return (
    <p className="blank">
      <strong>No secret yet</strong>
      Generate one, and give it to your server. Until then every visitor is anonymous.
    </p>
  )
}

function Shape() {
  return (
    <Waiting>
      <Bone width="100%" height={84} />
    </Waiting>
  )
}
