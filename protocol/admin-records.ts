/** What owners and admins read of the doors to their chat: keys, checks, logs, bans (SS8, SS9, VS12, VS13, VS15). */
import Type, { type Static } from 'typebox'
import { described } from './record-parts.ts'
import { AgentFace, closed, Id, Nullable, Time } from './records.ts'

/** A public key, or the address of a set of them (SS8). */
export const PublicKey = Type.Object(
  {
    id: Id,
    algorithm: described(
      Nullable(Type.Enum(['ES256', 'EdDSA', 'RS256'])),
      'Null for a JWKS: each key in it has its own',
    ),
    kid: described(Nullable(Type.String()), "The key's own `kid`, if it came with one; a token may name it or `id`"),
    jwks: Nullable(
      Type.Object(
        {
          url: Type.String(),
          fetchedAt: described(
            Nullable(Time),
            'The last time it was fetched well, and how many usable keys were in it',
          ),
          keys: Type.Integer(),
          failure: described(
            Nullable(Type.String()),
            'Why the last fetch failed, in one sentence; null when it did not',
          ),
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
          rule: described(Type.String(), 'Its number in the specification'),
          outcome: Type.Enum(['passed', 'failed', 'skipped']),
          code: described(Type.Optional(Type.String()), 'With which code a sign-in would be refused'),
          field: described(Type.Optional(Type.String()), 'Of which claim or header of the token'),
          hint: described(
            Type.Optional(Type.String()),
            'What a developer should look at, from a diagnosis of this very token',
          ),
        },
        closed,
      ),
    ),
    visitor: described(
      Nullable(
        Type.Object(
          { externalId: Type.String(), name: Nullable(Type.String()), email: Nullable(Type.String()) },
          closed,
        ),
      ),
      'Whom it would sign in, if it is accepted',
    ),
  },
  closed,
)
export type TokenCheck = Static<typeof TokenCheck>

/** VS12. */
export const SignInRefusal = Type.Object(
  {
    id: Id,
    at: Time,
    code: described(Type.String(), 'With which it was refused'),
    field: described(Nullable(Type.String()), 'Of which claim or header of the token'),
    hint: described(Nullable(Type.String()), 'What a developer should look at'),
    keyId: Nullable(Id),
    origin: described(Nullable(Type.String()), 'The website'),
  },
  { ...closed, description: 'A sign-in that was refused: no token, no value of a claim' },
)
export type SignInRefusal = Static<typeof SignInRefusal>

/** SS9. */
export const AuditEntry = Type.Object(
  {
    id: Id,
    at: Time,
    agent: described(Nullable(AgentFace), 'Null: an API key, or somebody who is no more'),
    action: described(Type.String(), 'Such as `role_changed` or `api_key_revoked`; new ones may come'),
    detail: described(
      Type.Record(Type.String(), Type.Unknown()),
      "Depends on the action; never a secret. An API key's has `apiKeyId` and `apiKeyName`",
    ),
    address: described(Type.String(), 'From which network address'),
  },
  { ...closed, description: 'Who changed what' },
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
  'reports:read',
])
export type ApiScope = Static<typeof ApiScope>

export const ApiKey = Type.Object(
  {
    id: Id,
    name: Type.String(),
    last4: described(Type.String(), 'The last four characters of it'),
    scopes: described(
      Type.Array(ApiScope),
      'What it may do, in its own project and with all of it in sight. No scope includes another',
    ),
    createdBy: Nullable(AgentFace),
    createdAt: Time,
    lastUsedAt: Nullable(Time),
  },
  closed,
)
export type ApiKey = Static<typeof ApiKey>
