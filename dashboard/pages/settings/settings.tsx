import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import { Link, Redirect } from 'wouter'
import { Waiting } from '../../parts/skeleton.tsx'
import { administers } from '../../stores/me.ts'
import { useHere } from '../workspace-context.ts'
import { Members } from './members/members.tsx'
import { ProjectSettings } from './project/project-settings.tsx'
import { VisitorAuthentication } from './visitor-authentication/visitor-authentication.tsx'
import '../../styles/blank.css'
import '../../styles/settings.css'

const Bans = lazy(async () => ({ default: (await import('./bans/bans.tsx')).Bans }))
const ApiKeys = lazy(async () => ({ default: (await import('./api-keys/api-keys.tsx')).ApiKeys }))
const Departments = lazy(async () => ({ default: (await import('./departments/departments.tsx')).Departments }))
const OpeningHours = lazy(async () => ({ default: (await import('./opening-hours/opening-hours.tsx')).OpeningHours }))
const Widget = lazy(async () => ({ default: (await import('./widget/widget.tsx')).Widget }))
const Webhooks = lazy(async () => ({ default: (await import('./webhooks/webhooks.tsx')).Webhooks }))
const Privacy = lazy(async () => ({ default: (await import('./privacy/privacy.tsx')).Privacy }))
const AuditLog = lazy(async () => ({ default: (await import('./audit-log/audit-log.tsx')).AuditLog }))

interface Section {
  id: string
  name: string
  /** `part`: which page of a section that has several. */
  page: (part: string | undefined) => ReactNode
}

const members: Section = { id: 'members', name: 'Members', page: () => <Members /> }
/** An agent does not see the sections that his role may not read (SS1, SS10). */
const forAdmins: readonly Section[] = [
  { id: 'project', name: 'Project', page: () => <ProjectSettings /> },
  { id: 'widget', name: 'Widget', page: () => <Widget /> },
  {
    id: 'visitor-authentication',
    name: 'Visitor authentication',
    page: (part) => <VisitorAuthentication part={part} />,
  },
  members,
  { id: 'departments', name: 'Departments', page: () => <Departments /> },
  { id: 'opening-hours', name: 'Opening hours', page: () => <OpeningHours /> },
  { id: 'bans', name: 'Bans', page: () => <Bans /> },
  { id: 'api-keys', name: 'API keys', page: () => <ApiKeys /> },
  { id: 'webhooks', name: 'Webhooks', page: (part) => <Webhooks part={part} /> },
  { id: 'privacy', name: 'Privacy', page: () => <Privacy /> },
  { id: 'audit-log', name: 'Audit log', page: () => <AuditLog /> },
]

export function Settings({ section, part }: { section: string | undefined; part: string | undefined }) {
  const { membership } = useHere()
  const base = `/projects/${membership.project.id}/settings`
  const sections = administers(membership) ? forAdmins : [members]
  const open = sections.find(({ id }) => id === section)
  const first = sections[0] ?? members
  if (open === undefined) return <Redirect to={`${base}/${first.id}`} replace />
  return (
    <main className="settings">
      <Nav sections={sections} open={open} base={base} />
      <div className="settings-scroll" key={open.id}>
        <div className="settings-page">
          <h2 className="page-title">{open.name}</h2>
          <Suspense fallback={<Waiting>{null}</Waiting>}>{open.page(part)}</Suspense>
        </div>
      </div>
    </main>
  )
}

function Nav({ sections, open, base }: { sections: readonly Section[]; open: Section; base: string }) {
  const here = useRef<HTMLAnchorElement>(null)
  // On a phone the sections are a strip that scrolls sideways.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is open
  useEffect(() => {
    // Braces, because browsers now answer with a promise, which React would take for what undoes the effect.
    here.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [open])
  return (
    <nav className="settings-nav" aria-label="Settings">
      <h1>Settings</h1>
      <ul>
        {sections.map((section) => {
          const isOpen = section === open
          return (
            <li key={section.id}>
              <Link to={`${base}/${section.id}`} ref={isOpen ? here : null} aria-current={isOpen ? 'page' : undefined}>
                {section.name}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
