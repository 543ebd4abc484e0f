import { useStore } from '@nanostores/react'
import type { ReactNode } from 'react'
import type { Conversation, Visitor } from '../../../../protocol/records.ts'
import { PresenceDot, VisitorFace } from '../../../parts/avatar.tsx'
import { IconButton } from '../../../parts/button.tsx'
import { cleanName } from '../../../parts/clean-name.ts'
import { VisitorName } from '../../../parts/person-name.tsx'
import { RichText } from '../../../parts/rich-text.tsx'
import { standingOf, standingSentence, visitorName } from '../../../parts/standing.ts'
import { ago, dayAndClock } from '../../../parts/time.ts'
import { administers } from '../../../stores/me.ts'
import { $now } from '../../../stores/now.ts'
import { PersonActs } from '../../person/person-acts.tsx'
import { useHere } from '../../workspace-context.ts'
import { BanState } from './ban.tsx'
import { DepartmentChoice } from './department-choice.tsx'
import { attributesOf, pageOf } from './facts.ts'
import '../../../styles/details.css'

interface DetailsProps {
  conversation: Conversation
  onClose: () => void
}

export function Details({ conversation, onClose }: DetailsProps) {
  const { visitor } = conversation
  const { membership } = useHere()
  const now = useStore($now)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <aside className="details" aria-label="Details" data-scrolls tabIndex={0}>
      <span className="details-close">
        <IconButton icon="close" label="Close details" onPress={onClose} />
      </span>
      <header className="details-head">
        <VisitorFace visitor={visitor} size={56} silent />
        <h2>
          <VisitorName visitor={visitor} />
        </h2>
        <p className="details-presence">
          <PresenceDot online={visitor.online} />
          {visitor.online ? 'Online now' : `Last seen ${ago(visitor.lastSeenAt, now)}`}
        </p>
      </header>
      <Proof visitor={visitor} now={now} />
      {visitor.banned && <BanState visitor={visitor} />}
      <Identity visitor={visitor} />
      <div className="details-choice">
        <DepartmentChoice conversation={conversation} />
      </div>
      <Opinion conversation={conversation} now={now} />
      <Place conversation={conversation} now={now} />
      <div className="details-acts">
        {!visitor.banned && <BanState visitor={visitor} />}
        {administers(membership) && (
          <PersonActs projectId={conversation.projectId} visitorId={visitor.id} name={visitorName(visitor)} />
        )}
      </div>
    </aside>
  )
}

/** What may be believed, and why. */
function Proof({ visitor, now }: { visitor: Visitor; now: number }) {
  const standing = standingOf(visitor, now)
  return (
    <div className="proof" data-standing={visitor.notVerifiedAs === null ? standing : 'impostor'}>
      <p>
        <bdi>{standingSentence(visitor, now)}</bdi>
      </p>
      {visitor.notVerifiedAs !== null && (
        <p>
          The visitor typed the e-mail of <bdi>{cleanName(visitor.notVerifiedAs) ?? 'somebody'}</bdi>, who is verified
          here. This may be somebody else.
        </p>
      )}
    </div>
  )
}

function Identity({ visitor }: { visitor: Visitor }) {
  const { name, externalId, email, phone } = visitor
  const facts: [string, string | null][] = [
    ['Name', cleanName(name)],
    ['External id', externalId],
    ['E-mail', cleanName(email)],
    ['Phone', cleanName(phone)],
    ...attributesOf(visitor.attributes),
  ]
  if (facts.every(([, value]) => value === null)) return null
  return (
    <Section title="Visitor">
      {facts.map(([label, value]) => (
        <Fact key={label} label={label} value={value} />
      ))}
    </Section>
  )
}

/** What the visitor thought of it, in his own words. */
function Opinion({ conversation: { rating }, now }: { conversation: Conversation; now: number }) {
  if (rating === null) return null
  const { stars, comment, ratedAt } = rating
  return (
    <section className="facts">
      <h3>Rating</h3>
      <p className="stars" role="img" aria-label={`${stars} of 5 stars`}>
        {'★'.repeat(stars)}
        <span className="stars-left">{'★'.repeat(5 - stars)}</span>
      </p>
      {comment !== null && (
        <blockquote className="opinion" dir="auto">
          {comment}
        </blockquote>
      )}
      <p className="opinion-when">{dayAndClock(ratedAt, now)}</p>
    </section>
  )
}

function Place({ conversation, now }: { conversation: Conversation; now: number }) {
  const { threads } = useHere().workspace
  const { visitor, createdAt } = conversation
  const page = pageOf(useStore(threads.of(conversation.id).rows), conversation.lastMessage)
  return (
    <Section title="Conversation">
      <Fact label="Page" value={page.title} />
      <Fact label="Address" value={page.address} />
      <Fact label="Started" value={dayAndClock(createdAt, now)} />
      <Fact label="First seen" value={dayAndClock(visitor.createdAt, now)} />
    </Section>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="facts">
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  )
}

function Fact({ label, value }: { label: string; value: string | null }) {
  if (value === null || value === '') return null
  return (
    <div>
      <dt>
        <bdi>{label}</bdi>
      </dt>
      <dd dir="auto">
        <RichText text={value} />
      </dd>
    </div>
  )
}
