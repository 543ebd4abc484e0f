import type { Invitation, Member, Project, SharedSecret } from '../../../protocol/records.ts'
import { type Administration, makeAdministration } from './administration.ts'
import { addFiles } from './attachments.ts'
import { id, joan, makeTalks, me, projectId, type Talk } from './people.ts'

export interface Scene {
  name: string
  setupNeeded: boolean
  signedIn: boolean
  role: 'owner' | 'agent'
  project: Project
  talks: Map<string, Talk>
  secrets: SharedSecret[]
  members: Member[]
  invitations: Invitation[]
  administration: Administration
  polls: number
  /** Tells all sockets. */
  publish: (frame: object) => void
}

const hour = 3_600_000

export function makeScene(name: string): Scene {
  const now = Date.now()
  const counts: Record<string, number> = { new: 0, empty: 0, one: 1, many: 10_000 }
  const talks = makeTalks(counts[name] ?? 10, now, name === 'long' ? 400 : 0)
  if (name.startsWith('files')) addFiles(talks, now)
  return {
    name,
    setupNeeded: name === 'new',
    signedIn: name !== 'new' && name !== 'out',
    role: name === 'agent' ? 'agent' : 'owner',
    project: makeProject(now),
    talks: new Map(talks.map((talk) => [talk.conversation.id, talk])),
    secrets: ['new', 'empty'].includes(name) ? [] : makeSecrets(now),
    members: [
      { agent: me, role: name === 'agent' ? 'agent' : 'owner', joinedAt: now - 900 * hour, online: true },
      { agent: joan, role: 'agent', joinedAt: now - 400 * hour, online: false },
    ],
    invitations: [
      {
        id: id('71'),
        email: 'alan@example.com',
        role: 'agent',
        invitedBy: me,
        createdAt: now - 5 * hour,
        expiresAt: now + 160 * hour,
      },
    ],
    administration: makeAdministration(name, now),
    polls: 0,
    publish: () => {},
  }
}

function makeProject(now: number): Project {
  return {
    id: projectId,
    name: 'Leaf and Kettle',
    legacyId: null,
    enforcement: 'off',
    allowedOrigins: ['https://shop.example'],
    verifiedSessionSeconds: 43_200,
    anonymousCarryOver: 'ask',
    singleUseTokens: false,
    widget: { themeColor: '#1f6f54' },
    openingHours: null,
    siteUrl: null,
    retentionDays: null,
    createdAt: now - 1_000 * hour,
  }
}

export function makeSecret(tail: string, now: number, overrides: Partial<SharedSecret> = {}): SharedSecret {
  return {
    id: id(tail),
    last4: '3f9a',
    state: 'active',
    createdBy: { id: me.id, name: me.name },
    createdAt: now,
    retiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    sessions: 0,
    connected: 0,
    signInsLastDay: 0,
    signInsLastWeek: 0,
    ...overrides,
  }
}

function makeSecrets(now: number): SharedSecret[] {
  return [
    makeSecret('90', now - 300 * hour, {
      sessions: 41,
      connected: 14,
      signInsLastDay: 212,
      signInsLastWeek: 1_408,
      lastUsedAt: now - 120_000,
    }),
    makeSecret('91', now - 900 * hour, {
      last4: 'Qx0_',
      state: 'retiring',
      retiresAt: now + 40 * hour,
      lastUsedAt: now - 50 * hour,
      signInsLastWeek: 31,
    }),
    makeSecret('92', now - 2_000 * hour, {
      last4: 'b7Lm',
      state: 'revoked',
      revokedAt: now - 600 * hour,
      lastUsedAt: now - 601 * hour,
    }),
  ]
}
