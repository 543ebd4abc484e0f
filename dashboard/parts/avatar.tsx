import { useStore } from '@nanostores/react'
import type { CSSProperties } from 'react'
import type { Visitor } from '../../protocol/records.ts'
import { $now } from '../stores/now.ts'
import { cleanName, initialsOf } from './clean-name.ts'
import { Figure } from './figure.tsx'
import { hueOf } from './hue.ts'
import { Seal } from './seal.tsx'
import { standingOf, standingSentence } from './standing.ts'
import '../styles/avatar.css'

type Style = CSSProperties & Record<`--${string}`, string | number>

const face = (id: string, size: number): Style => ({ '--hue': hueOf(id), '--size': `${size}px` })

interface VisitorFaceProps {
  visitor: Visitor
  size?: number
  /** Rows say it in their own words, so that a list is not read twice. */
  silent?: boolean
  /** Beside words that nobody signed: no seal, whoever wrote them is now. */
  unsigned?: boolean
  /** In place of what is to be said of him now: beside a message, what was proved when it was written. */
  sentence?: string
}

/** A visitor's avatar with its seal: the one place that draws who may be believed. */
export function VisitorFace({ visitor, size = 32, silent = false, unsigned = false, ...rest }: VisitorFaceProps) {
  const now = useStore($now)
  const standing = unsigned ? 'claimed' : standingOf(visitor, now)
  const sentence = rest.sentence ?? standingSentence(visitor, now)
  const name = standing === 'anonymous' ? null : (cleanName(visitor.name) ?? cleanName(visitor.email))
  return (
    <span className="avatar" data-standing={standing} style={face(visitor.id, size)} title={sentence}>
      {!silent && <span className="visually-hidden">{sentence}</span>}
      <span className="avatar-face" aria-hidden="true">
        {name === null || initialsOf(name) === '' ? <Figure id={visitor.id} /> : initialsOf(name)}
      </span>
      {standing === 'claimed' && <DashedRing />}
      <Seal standing={standing} size={Math.round(size * (size > 40 ? 0.36 : 0.44))} />
    </span>
  )
}

function DashedRing() {
  return (
    <svg className="avatar-ring" viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="19" fill="none" pathLength="32" strokeDasharray="2.3 1.7" />
    </svg>
  )
}

/** Agents are squarer than visitors, so that the two are never taken for each other. */
export function AgentFace({ id, name, size = 28 }: { id: string; name: string; size?: number }) {
  const shown = cleanName(name) ?? ''
  return (
    <span className="avatar avatar-agent" style={face(id, size)} title={shown}>
      <span className="avatar-face" aria-hidden="true">
        {initialsOf(shown)}
      </span>
    </span>
  )
}

/** Filled when online, a hollow ring when not. */
export function PresenceDot({ online }: { online: boolean }) {
  return (
    <span
      className="presence"
      data-online={online || undefined}
      role="img"
      aria-label={online ? 'Online' : 'Offline'}
    />
  )
}
