import { useStore } from '@nanostores/react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Header } from 'react-aria-components/Header'
import { MenuSection } from 'react-aria-components/Menu'
import { Separator } from 'react-aria-components/Separator'
import { Link, useLocation } from 'wouter'
import { AgentFace } from '../parts/avatar.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Item, Menu } from '../parts/menu.tsx'
import { api } from '../stores/api.ts'
import { administers, leave, type Me } from '../stores/me.ts'
import { $theme, chooseTheme, type Theme } from '../stores/theme.ts'
import { unreadCounts } from '../stores/view.ts'
import { ProjectMark } from './project-mark.tsx'
import { useHere } from './workspace-context.ts'
import '../styles/rail.css'

export function Rail({ me }: { me: Me }) {
  const { workspace, membership } = useHere()
  const { nagging } = unreadCounts(useStore(workspace.inbox.conversations), me.agent.id)
  const base = `/projects/${membership.project.id}`
  return (
    <nav className="rail" aria-label={membership.project.name}>
      <Projects me={me} />
      <Place to={`${base}/inbox`} icon="inbox" label="Inbox" count={nagging} />
      {administers(membership) && <Place to={`${base}/reports`} icon="chart" label="Reports" />}
      <Place to={`${base}/settings`} icon="settings" label="Settings" />
      <Place to={`${base}/start`} icon="code" label="Install" />
      <span className="rail-gap" />
      <Profile me={me} />
    </nav>
  )
}

interface PlaceProps {
  to: string
  icon: IconName
  label: string
  count?: number
}

function Place({ to, icon, label, count = 0 }: PlaceProps) {
  const [path] = useLocation()
  const here = path === to || path.startsWith(`${to}/`)
  return (
    <Link to={to} className="rail-place" title={label} aria-current={here ? 'page' : undefined}>
      <Icon name={icon} />
      <span className="visually-hidden">{label}</span>
      {count > 0 && (
        <span className="rail-count figures">
          {count > 99 ? '99+' : count}
          <span className="visually-hidden"> unread</span>
        </span>
      )}
    </Link>
  )
}

function Projects({ me }: { me: Me }) {
  const { membership } = useHere()
  const [, go] = useLocation()
  const mark = <ProjectMark project={membership.project} />
  if (me.memberships.length < 2) return <span className="rail-project">{mark}</span>
  return (
    <Menu
      label="Projects"
      placement="right top"
      trigger={
        <Button className="rail-project">
          <span className="visually-hidden">Project: {membership.project.name}</span>
          {mark}
        </Button>
      }
    >
      {me.memberships.map(({ project }) => (
        <Item
          key={project.id}
          text={project.name}
          face={<ProjectMark project={project} size={20} />}
          chosen={project.id === membership.project.id}
          onAction={() => go(`/projects/${project.id}/inbox`)}
        />
      ))}
    </Menu>
  )
}

const themeItems: readonly { theme: Theme; text: string; icon: IconName }[] = [
  { theme: 'system', text: 'As the system', icon: 'screen' },
  { theme: 'light', text: 'Light', icon: 'sun' },
  { theme: 'dark', text: 'Dark', icon: 'moon' },
]

function Profile({ me: { agent } }: { me: Me }) {
  const chosen = useStore($theme)
  return (
    <Menu
      label="You"
      placement="right bottom"
      trigger={
        <Button className="rail-profile">
          <span className="visually-hidden">You: {agent.name}</span>
          <AgentFace id={agent.id} name={agent.name} size={32} />
        </Button>
      }
    >
      <Section title={<Person name={agent.name} email={agent.email} />} label="You">
        {themeItems.map(({ theme, text, icon }) => (
          <Item key={theme} text={text} icon={icon} chosen={theme === chosen} onAction={() => chooseTheme(theme)} />
        ))}
      </Section>
      <Separator />
      <Item text="Sign out" icon="leave" onAction={() => void signOut()} />
    </Menu>
  )
}

function Section({ title, label, children }: { title: ReactNode; label: string; children: ReactNode }) {
  return (
    <MenuSection aria-label={label}>
      <Header className="menu-heading">{title}</Header>
      {children}
    </MenuSection>
  )
}

function Person({ name, email }: { name: string; email: string }) {
  return (
    <span className="rail-person">
      <bdi>{name}</bdi>
      <span>{email}</span>
    </span>
  )
}

async function signOut() {
  try {
    await api('DELETE /agent-session')
  } finally {
    leave()
  }
}
