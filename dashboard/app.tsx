import { useStore } from '@nanostores/react'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { Entry } from './pages/entry.tsx'
import { Project } from './pages/project.tsx'
import { SignIn } from './pages/sign-in.tsx'
import { Button } from './parts/button.tsx'
import { Waiting } from './parts/skeleton.tsx'
import { Toasts } from './parts/toasts.tsx'
import { api, codeOf, sentenceFor } from './stores/api.ts'
import { recall } from './stores/kept.ts'
import { $me, enter, leave, type Me } from './stores/me.ts'

// Whoever comes every day sees none of these.
const Invitation = lazy(async () => ({ default: (await import('./pages/invitation.tsx')).Invitation }))
const Setup = lazy(async () => ({ default: (await import('./pages/setup.tsx')).Setup }))
const PasswordReset = lazy(async () => ({ default: (await import('./pages/password-reset.tsx')).PasswordReset }))

export function App() {
  const me = useStore($me)
  const whose = me?.agent.id
  // What one agent fetched is not the next one's to see.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const queries = useMemo(
    () => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } }),
    [whose],
  )
  return (
    <QueryClientProvider client={queries}>
      <Suspense fallback={<Waiting>{null}</Waiting>}>
        <Switch>
          <Route path="/invitation" component={Invitation} />
          <Route path="/password-reset" component={PasswordReset} />
          <Route component={Door} />
        </Switch>
      </Suspense>
      <Toasts />
    </QueryClientProvider>
  )
}

/** Lets in whoever has a session, and sends everybody else to the right page. */
function Door() {
  const me = useStore($me)
  const { error, refetch } = useQuery({ queryKey: ['me'], queryFn: findMe, enabled: me === undefined, gcTime: 0 })
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => api('GET /setup'), enabled: me === null })
  if (me) return <Inside me={me} />
  if (me === undefined) return error ? <Unreachable error={error} retry={refetch} /> : <Waiting>{null}</Waiting>
  if (setup.error) return <Unreachable error={setup.error} retry={setup.refetch} />
  if (setup.data === undefined) return <Waiting>{null}</Waiting>
  if (setup.data.needed) return <Setup codeRequired={setup.data.codeRequired} />
  return (
    <Switch>
      <Route path="/setup">
        <Redirect to="/" replace />
      </Route>
      <Route component={SignIn} />
    </Switch>
  )
}

async function findMe(): Promise<Me | null> {
  try {
    // On the address that the server prints nobody can be signed in yet, as a rule.
    if (location.pathname === '/setup' && (await api('GET /setup')).needed) {
      leave()
      return null
    }
    const me = await api('GET /me')
    enter(me)
    return me
  } catch (error) {
    if (codeOf(error) !== 'not_signed_in' && codeOf(error) !== 'session_ended') throw error
    leave()
    return null
  }
}

function Inside({ me }: { me: Me }) {
  return (
    <Switch>
      <Route path="/projects/:project/*?">
        {({ project }) => <Project key={project} me={me} projectId={project ?? ''} />}
      </Route>
      <Route>
        <Home me={me} />
      </Route>
    </Switch>
  )
}

function Home({ me }: { me: Me }) {
  const last = recall('signet:project')
  const membership = me.memberships.find(({ project }) => project.id === last) ?? me.memberships[0]
  if (membership) return <Redirect to={`/projects/${membership.project.id}/inbox`} replace />
  return (
    <Entry title="You belong to no project" lead="Ask an owner or admin to invite you, with this e-mail: ">
      {me.agent.email}
    </Entry>
  )
}

function Unreachable({ error, retry }: { error: unknown; retry: () => unknown }) {
  useEffect(() => {
    const timer = setInterval(retry, 5_000)
    return () => clearInterval(timer)
  }, [retry])
  return (
    <Entry title="The server does not answer" lead={`${sentenceFor(error)} This page tries again by itself.`}>
      <div>
        <Button onPress={() => void retry()}>Try now</Button>
      </div>
    </Entry>
  )
}
