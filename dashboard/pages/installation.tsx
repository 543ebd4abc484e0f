import { useQuery } from '@tanstack/react-query'
import { cleanName } from '../parts/clean-name.ts'
import { Code } from '../parts/code.tsx'
import { Seal } from '../parts/seal.tsx'
import { clock } from '../parts/time.ts'
import { api } from '../stores/api.ts'
import { signInLine, snippet } from './snippet.ts'
import '../styles/installation.css'

const pollMs = 2_000

/** The snippet, for this project and this server. */
export function Snippet({ projectId }: { projectId: string }) {
  return <Code label="Before </body>" text={snippet(projectId, location.origin)} />
}

export function SignInSample() {
  return <Code label="For visitors who are signed in on your site" text={signInLine} />
}

/** Waits for the first visitor whom the site's server signed, and turns to a check when he comes (AG1). */
export function InstallationState({ projectId }: { projectId: string }) {
  const { data } = useQuery({
    queryKey: ['installation', projectId],
    queryFn: () => api('GET /projects/:project/installation', { params: { project: projectId } }),
    refetchInterval: ({ state }) => (state.data?.lastSignIn ? false : pollMs),
  })
  const arrived = data?.lastSignIn
  return (
    <p className="installation" role="status" data-arrived={arrived ? true : undefined}>
      <span className="installation-mark" aria-hidden="true">
        {arrived ? <Seal standing="verified" size={24} /> : <span className="installation-pulse" />}
      </span>
      {arrived ? (
        <span>
          <strong>
            <bdi>{cleanName(arrived.name) ?? 'Your first visitor'}</bdi>
          </strong>{' '}
          signed in at {clock(arrived.at)}. Signed sign-in works.
        </span>
      ) : (
        <span>Waiting for your first signed visitor</span>
      )}
    </p>
  )
}
