import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../../parts/button.tsx'
import { Loaded } from '../../loaded.tsx'
import { SettingGroup } from '../../setting-group.tsx'
import { useProject } from '../../use-project.ts'
import { AddKeyDialog } from './add-key-dialog.tsx'
import { PublicKeyCard } from './public-key-card.tsx'
import { publicKeysQuery } from './public-keys-query.ts'

/** The keys with which a site signs without sharing a secret (SS8). */
export function PublicKeys() {
  const { project } = useProject()
  const query = useQuery(publicKeysQuery(project.id))
  const [adding, setAdding] = useState(false)
  return (
    <SettingGroup
      title="Public keys"
      sentence="Your server signs with a private key that never leaves it, and Signet verifies with the public one."
      action={
        <Button icon="plus" isDisabled={query.data === undefined} onPress={() => setAdding(true)}>
          Add
        </Button>
      }
    >
      <Loaded query={query} height={84}>
        {({ publicKeys }) =>
          publicKeys.length === 0 ? (
            <p className="blank">
              <strong>No public key</strong>
              You need none if your server signs with a shared secret.
            </p>
          ) : (
            <>
              <ul className="cards" aria-label="Public keys">
                {publicKeys.map((publicKey) => (
                  <PublicKeyCard key={publicKey.id} publicKey={publicKey} projectId={project.id} />
                ))}
              </ul>
              <p className="setting-now">
                A token under a public key must have this project’s id as its <code className="mono">aud</code>:{' '}
                <code className="mono">{project.id}</code>
              </p>
            </>
          )
        }
      </Loaded>
      {adding && <AddKeyDialog projectId={project.id} onClose={() => setAdding(false)} />}
    </SettingGroup>
  )
}
