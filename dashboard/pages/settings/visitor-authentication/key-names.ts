import { useQuery } from '@tanstack/react-query'
import { publicKeyName } from './public-keys/public-key-name.ts'
import { publicKeysQuery } from './public-keys/public-keys-query.ts'
import { secretsQuery } from './shared-secrets/secrets-query.ts'

/** What a key goes by, for logs that know its id alone. */
export function useKeyNames(projectId: string): (id: string) => string | undefined {
  const secrets = useQuery(secretsQuery(projectId)).data?.sharedSecrets ?? []
  const publicKeys = useQuery(publicKeysQuery(projectId)).data?.publicKeys ?? []
  return (id) => {
    const secret = secrets.find((each) => each.id === id)
    if (secret) return `sgn_…${secret.last4}`
    const publicKey = publicKeys.find((each) => each.id === id)
    return publicKey && publicKeyName(publicKey)
  }
}
