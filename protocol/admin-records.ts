/** What owners and admins read of the doors to their chat: keys, checks, logs, bans (SS8, SS9, VS12, VS13, VS15). */
import Type, { type Static } from 'typebox'
import { AgentFace, closed, Id, Nullable, Time } from './records.ts'

/** A public key, or the address of a set of them (SS8). */
export const PublicKey = Type.Object(
  {
    id: Id,
    /** Null for a JWKS: each key in it has its own. */
    algorithm: Nullable(Type.Enum(['ES256', 'EdDSA', 'RS256'])),
    /** The key's own `kid`, if it came with one; a token may name it or `id`. */
    kid: Nullable(Type.String()),
    jwks: Nullable(
      Type.Object(
        {
          url: Type.String(),
          /** The last time it was fetched well, and how many usable keys were in it. */
          fetchedAt: Nullable(Time),
          keys: Type.Integer(),
          /** Why the last fetch failed, in one sentence; null when it did not. */
          failure: Nullable(Type.String()),
        },
        closed,
      ),
    ),
    createdBy: Nullable(AgentFace),
    createdAt: Time,
    lastUsedAt: Nullable(Time),
    sessions: Type.Integer(),
    connected: Type.Integer(),
    signInsLastDay: Type.Integer(),
    signInsLastWeek: Type.Integer(),
  },
  closed,
)
export type PublicKey = Static<typeof PublicKey>

/** What "Check a token" found: every rule in the order of deciding (VS13). */
export const TokenCheck = Type.Object(
  {
    accepted: Type.Boolean(),
    rules: Type.Array(
      Type.Object(
        {
          rule: Type.String(),
          outcome: Type.Enum(['passed', 'failed', 'skipped']),
          code: Type.Optional(Type.String()),
          field: Type.Optional(Type.String()),
          /** What a developer should look at, from a diagnosis of this very token. */
          hint: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    /** Whom it would sign in, if it is accepted. */
    visitor: Nullable(
      Type.Object({ externalId: Type.String(), name: Nullable(Type.String()), email: Nullable(Type.String()) }, closed),
    ),
  },
  closed,
)
export type TokenCheck = Static<typeof TokenCheck>

/** A sign-in that was refused (VS12): no token, no value of a claim. */
export const SignInRefusal = Type.Object(
  {
    id: Id,
    at: Time,
    code: Type.String(),
    field: Nullable(Type.String()),
    hint: Nullable(Type.String()),
    keyId: Nullable(Id),
    origin: Nullable(Type.String()),
  },
  closed,
)
export type SignInRefusal = Static<typeof SignInRefusal>

/** Who changed what (SS9). `detail` depends on the action; never a secret. An API key's has `apiKeyId`, `apiKeyName`. */
export const AuditEntry = Type.Object(
  {
    id: Id,
    at: Time,
    agent: Nullable(AgentFace),
    action: Type.String(),
    detail: Type.Record(Type.String(), Type.Unknown()),
    address: Type.String(),
  },
  closed,
)
export type AuditEntry = Static<typeof AuditEntry>

export const Ban = Type.Object(
  {
    id: Id,
    visitor: Type.Object({ id: Id, externalId: Nullable(Type.String()), name: Nullable(Type.String()) }, closed),
    reason: Nullable(Type.String()),
    bannedBy: Nullable(AgentFace),
    createdAt: Time,
  },
  closed,
)
export type Ban = Static<typeof Ban>

/** What an API key may do, in its own project and with all of it in sight. No scope includes another. */
export const ApiScope = Type.Enum([
  'conversations:read',
  'conversations:write',
  'visitors:read',
  'visitors:export',
  'visitors:ban',
  'visitors:sign_out',
  'visitors:erase',
  'project:read',
  'departments:write',
])
export type ApiScope = Static<typeof ApiScope>

export const ApiKey = Type.Object(
  {
    id: Id,
    name: Type.String(),
    last4: Type.String(),
    scopes: Type.Array(ApiScope),
    createdBy: Nullable(AgentFace),
    createdAt: Time,
    lastUsedAt: Nullable(Time),
  },
  closed,
)
export type ApiKey = Static<typeof ApiKey>
