import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link, Redirect } from 'wouter'
import { Waiting } from '../../../parts/skeleton.tsx'
import { useHere } from '../../workspace-context.ts'
import { SettingGroup } from '../setting-group.tsx'
import { useProject } from '../use-project.ts'
import { AllowedOrigins } from './allowed-origins.tsx'
import { Enforcement } from './enforcement.tsx'
import { PublicKeys } from './public-keys/public-keys.tsx'
import { publicKeysQuery } from './public-keys/public-keys-query.ts'
import { SamplesView } from './samples-view.tsx'
import { SessionRules } from './session-rules.tsx'
import { secretsQuery } from './shared-secrets/secrets-query.ts'
import { SharedSecrets } from './shared-secrets/shared-secrets.tsx'
import '../../../styles/parts-nav.css'

const CheckToken = lazy(async () => ({ default: (await import('./sign-ins/check-token.tsx')).CheckToken }))
const SignInLog = lazy(async () => ({ default: (await import('./sign-ins/sign-in-log.tsx')).SignInLog }))

const parts: readonly { id: string; name: string; page: ReactNode }[] = [
  { id: 'keys', name: 'Keys', page: <Keys /> },
  { id: 'access', name: 'Access', page: <Access /> },
  { id: 'check', name: 'Check a token', page: <CheckToken /> },
  { id: 'log', name: 'Sign-in log', page: <SignInLog /> },
]

export function VisitorAuthentication({ part = 'keys' }: { part: string | undefined }) {
  const { membership } = useHere()
  const base = `/projects/${membership.project.id}/settings/visitor-authentication`
  const open = parts.find(({ id }) => id === part)
  if (open === undefined) return <Redirect to={base} replace />
  return (
    <>
      <nav className="parts-nav" aria-label="Visitor authentication">
        {parts.map(({ id, name }) => (
          <Link key={id} to={id === 'keys' ? base : `${base}/${id}`} aria-current={id === open.id ? 'page' : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Waiting>{null}</Waiting>}>{open.page}</Suspense>
    </>
  )
}

/** Downwards as the lists come, so that nothing moves that is being read. */
function Keys() {
  const { project } = useProject()
  const secrets = useQuery(secretsQuery(project.id))
  const publicKeys = useQuery(publicKeysQuery(project.id))
  return (
    <>
      <SharedSecrets />
      {!secrets.isPending && <PublicKeys />}
      {!secrets.isPending && !publicKeys.isPending && <ServerCode />}
    </>
  )
}

function ServerCode() {
  return (
    <SettingGroup
      title="Code for your server"
      sentence="It signs a token for whoever is logged in on your site. Give the token to signInWithCustomToken."
    >
      <SamplesView />
    </SettingGroup>
  )
}

function Access() {
  return (
    <>
      <Enforcement />
      <AllowedOrigins />
      <SessionRules />
    </>
  )
}
