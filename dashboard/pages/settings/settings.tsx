import type { ReactNode } from 'react'
import { Link, Redirect } from 'wouter'
import { administers } from '../../stores/me.ts'
import { useHere } from '../workspace-context.ts'
import { Members } from './members.tsx'
import { ProjectSettings } from './project-settings.tsx'
import { VisitorAuthentication } from './visitor-authentication.tsx'
import '../../styles/settings.css'

interface Section {
  id: string
  name: string
  page: ReactNode
}

const members: Section = { id: 'members', name: 'Members', page: <Members /> }
/** An agent does not see the sections that his role may not read (SS1, SS10). */
const forAdmins: readonly Section[] = [
  { id: 'project', name: 'Project', page: <ProjectSettings /> },
  { id: 'visitor-authentication', name: 'Visitor authentication', page: <VisitorAuthentication /> },
  members,
]

export function Settings({ section }: { section: string | undefined }) {
  const { membership } = useHere()
  const base = `/projects/${membership.project.id}/settings`
  const sections = administers(membership) ? forAdmins : [members]
  const open = sections.find(({ id }) => id === section)
  const first = sections[0] ?? members
  if (open === undefined) return <Redirect to={`${base}/${first.id}`} replace />
  return (
    <main className="settings">
      <nav className="settings-nav" aria-label="Settings">
        <h1>Settings</h1>
        <ul>
          {sections.map(({ id, name }) => (
            <li key={id}>
              <Link to={`${base}/${id}`} aria-current={id === open.id ? 'page' : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings-scroll">
        <div className="settings-page">
          <h2 className="page-title">{open.name}</h2>
          {open.page}
        </div>
      </div>
    </main>
  )
}
