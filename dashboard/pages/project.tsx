import { lazy, Suspense, useEffect, useMemo } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { Waiting } from '../parts/skeleton.tsx'
import { api } from '../stores/api.ts'
import { keep } from '../stores/kept.ts'
import { administers, leave, type Me, type Membership } from '../stores/me.ts'
import { createWorkspace, type Workspace } from '../stores/workspace.ts'
import { Entry } from './entry.tsx'
import { FirstSteps } from './first-steps.tsx'
import { InboxPage } from './inbox/inbox-page.tsx'
import { Erasure } from './person/erasure.tsx'
import { Rail } from './rail.tsx'
import { useTitle } from './use-title.ts'
import { HereContext } from './workspace-context.ts'
import '../styles/project.css'

const Reports = lazy(async () => ({ default: (await import('./reports/reports-page.tsx')).ReportsPage }))
const Settings = lazy(async () => ({ default: (await import('./settings/settings.tsx')).Settings }))

interface ProjectProps {
  me: Me
  projectId: string
}

/** Everything inside one project, with the one connection that belongs to it. */
export function Project({ me, projectId }: ProjectProps) {
  const membership = me.memberships.find(({ project }) => project.id === projectId)
  if (membership === undefined) {
    return <Entry title="There is nothing here" lead="This project does not exist, or you do not belong to it." />
  }
  return <Opened me={me} membership={membership} />
}

function Opened({ me, membership }: { me: Me; membership: Membership }) {
  const workspace = useOpenWorkspace(me, membership.project.id)
  const here = useMemo(() => ({ workspace, membership }), [workspace, membership])
  const base = `/projects/${membership.project.id}`
  useTitle(workspace, membership.project.name)
  return (
    <HereContext value={here}>
      <div className="project">
        <Rail me={me} />
        <Switch>
          <Route path={`${base}/start`}>
            <FirstSteps membership={membership} />
          </Route>
          <Route path={`${base}/inbox/:conversation?/:message?`}>
            {({ conversation, message }) => <InboxPage conversationId={conversation} message={message} />}
          </Route>
          {administers(membership) && (
            <Route path={`${base}/reports`}>
              <Suspense fallback={<Waiting>{null}</Waiting>}>
                <Reports />
              </Suspense>
            </Route>
          )}
          <Route path={`${base}/settings/:section?/:part?`}>
            {({ section, part }) => (
              <Suspense fallback={<Waiting>{null}</Waiting>}>
                <Settings section={section} part={part} />
              </Suspense>
            )}
          </Route>
          <Route>
            <Redirect to={`${base}/inbox`} replace />
          </Route>
        </Switch>
        <Erasure />
      </div>
    </HereContext>
  )
}

function useOpenWorkspace({ agent }: Me, projectId: string): Workspace {
  const workspace = useMemo(() => createWorkspace({ projectId, agent, api, onEnded: leave }), [projectId, agent])
  useEffect(() => {
    keep('signet:project', projectId)
    workspace.start()
    return () => workspace.stop()
  }, [workspace, projectId])
  return workspace
}
