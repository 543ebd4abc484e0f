import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../../../protocol/endpoints.ts'
import { Button } from '../../../parts/button.tsx'
import { Loaded } from '../loaded.tsx'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { ApiKeyCard } from './api-key-card.tsx'
import { ApiKeyDialog } from './api-key-dialog.tsx'
import { apiKeysQuery } from './api-keys-query.ts'
import { GenerateApiKeyDialog } from './generate-api-key-dialog.tsx'

type Fresh = Answer<'POST /projects/:project/api-keys'>

/** The keys with which a site's backend calls Signet. The new one lives in this component's state until it is closed. */
export function ApiKeys() {
  const { project } = useProject()
  const query = useQuery(apiKeysQuery(project.id))
  const [asking, setAsking] = useState(false)
  const [fresh, setFresh] = useState<Fresh>()
  function show(made: Fresh) {
    setAsking(false)
    setFresh(made)
  }
  return (
    <SettingGroup
      title="Keys for your programs"
      sentence="With an API key a program of yours calls Signet, in this project alone. It cannot sign visitors in: that is for shared secrets."
      action={
        <Button look="primary" icon="key" isDisabled={query.data === undefined} onPress={() => setAsking(true)}>
          Generate
        </Button>
      }
    >
      <Loaded query={query} height={72}>
        {({ apiKeys }) =>
          apiKeys.length === 0 ? (
            <p className="blank">
              <strong>No API key yet</strong>
              Generate one to answer by a program of yours, or to sign people out when they log out of your site.
            </p>
          ) : (
            <ul className="cards" aria-label="API keys">
              {apiKeys.map((apiKey) => (
                <ApiKeyCard key={apiKey.id} apiKey={apiKey} projectId={project.id} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asking && <GenerateApiKeyDialog projectId={project.id} onGenerated={show} onClose={() => setAsking(false)} />}
      {fresh && <ApiKeyDialog apiKey={fresh} projectId={project.id} onClose={() => setFresh(undefined)} />}
    </SettingGroup>
  )
}
