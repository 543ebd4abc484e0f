/**
 * The tables as queries see them: the same on SQLite and PostgreSQL.
 * Times are milliseconds since 1970, ids are UUIDv7 (random ones halve the insert rate), JSON is kept as text.
 */
import type { Generated } from 'kysely'
import type { AgentSessionTable, AgentTable, LogInAttemptTable, PasswordResetTable } from './agent-tables.ts'
import type { AttachmentTable, AttachmentUsageTable, FileToDeleteTable } from './attachment-tables.ts'
import type { DepartmentMemberTable, DepartmentTable } from './department-tables.ts'
import type { OutboxTable, WebhookTable } from './outbox-tables.ts'
import type {
  BanTable,
  ErasedConversationTable,
  UsedTokenTable,
  VisitorSessionTable,
  VisitorTable,
} from './visitor-tables.ts'

export interface Schema {
  installation: InstallationTable
  security_events: SecurityEventTable
  agents: AgentTable
  agent_sessions: AgentSessionTable
  projects: ProjectTable
  memberships: MembershipTable
  invitations: InvitationTable
  signing_keys: SigningKeyTable
  public_keys: PublicKeyTable
  sign_in_refusals: SignInRefusalTable
  visitors: VisitorTable
  visitor_sessions: VisitorSessionTable
  conversations: ConversationTable
  messages: MessageTable
  audit_log: AuditLogTable
  bans: BanTable
  api_keys: ApiKeyTable
  used_tokens: UsedTokenTable
  webhooks: WebhookTable
  outbox: OutboxTable
  password_resets: PasswordResetTable
  departments: DepartmentTable
  department_members: DepartmentMemberTable
  erased_conversations: ErasedConversationTable
  attachments: AttachmentTable
  attachment_usage: AttachmentUsageTable
  files_to_delete: FileToDeleteTable
  log_in_attempts: LogInAttemptTable
}

/** One row. */
interface InstallationTable {
  id: number
  /** Part of every cursor: a restored database gets another one, and so nobody resumes across the restore. */
  epoch: string
  /** Raised by whatever closes a door; each node reads it every 300 ms (VS16). */
  security_number: number
  /** A known text under the master key: tells a wrong key at the start. Null while nothing is encrypted. */
  master_key_check: string | null
  /** The same of the key before, while a rotation has not finished. */
  master_key_check_before: string | null
  setup_code_hash: string | null
}

interface SecurityEventTable {
  number: number
  kind: string
  project_id: string | null
  subject_id: string
  reason: string | null
  created_at: number
}

interface ProjectTable {
  id: string
  name: string
  legacy_id: string | null
  enforcement: 'off' | 'report' | 'required'
  allowed_origins: string
  verified_session_seconds: number
  anonymous_carry_over: 'always' | 'ask' | 'never'
  single_use_tokens: number
  widget: string
  /** As JSON; null: always open. */
  opening_hours: string | null
  /** The number of the newest change; taking the next one locks the row, so commit order is number order. */
  change_number: number
  created_at: number
  /** Which events its webhooks want, as bits. */
  webhook_events: number
  site_url: string | null
  /** What of the change numbers is too long ago to say what was erased. */
  forgotten_number: number
  /** Null: for ever. */
  retention_days: number | null
}

interface MembershipTable {
  project_id: string
  agent_id: string
  role: 'owner' | 'admin' | 'agent'
  created_at: number
  /** The number of the change that gave him this role. */
  access_number: Generated<number>
}

interface InvitationTable {
  id: string
  project_id: string
  email: string
  role: 'owner' | 'admin' | 'agent'
  token_hash: string
  invited_by: string
  created_at: number
  expires_at: number
  accepted_at: number | null
}

interface SigningKeyTable {
  id: string
  project_id: string
  /** `JWKS`: a set of public keys that is fetched, each with an algorithm of its own. */
  algorithm: 'HS256' | 'ES256' | 'EdDSA' | 'RS256' | 'JWKS'
  /** The secret, sealed under the master key and bound to project and key. Empty: a public key, or erased. */
  sealed: string
  last4: string
  created_by: string | null
  created_at: number
  retires_at: number | null
  revoked_at: number | null
  /** When all whom it had verified had been gone through after its revocation. */
  settled_at: number | null
}

/** What a signing key has that is no secret. */
interface PublicKeyTable {
  id: string
  /** A list of public keys as JSON, one unless they were fetched. */
  keys: string
  /** Where they are fetched from; null for a key that was given. */
  url: string | null
  fetched_at: number | null
  /** The last time that somebody went to fetch them; whoever sets it is the one who goes. */
  tried_at: number | null
  failure: string | null
}

/** A sign-in that was refused (VS12). */
interface SignInRefusalTable {
  id: string
  project_id: string
  code: string
  field: string | null
  hint: string | null
  key_id: string | null
  origin: string | null
  created_at: number
}

interface ConversationTable {
  id: string
  project_id: string
  visitor_id: string
  state: 'open' | 'snoozed' | 'resolved'
  assignee_id: string | null
  department_id: string | null
  tags: string
  last_seq: number
  last_message_id: string | null
  visitor_read_seq: number
  agent_read_seq: number
  waiting_since: number | null
  /** The latest change of anything in the conversation, of its record, and of who may see it. */
  change_number: number
  record_number: number
  access_number: number
  /** The number of the change that brought it to its visitor from another one (VS7); 0 where he began it. */
  taken_number: number
  /** How far the visitor had read when he was last mailed of it. */
  mailed_read_seq: number | null
  rating_stars: number | null
  rating_comment: string | null
  rated_at: number | null
  created_at: number
  last_activity_at: number
}

export interface MessageTable {
  id: string
  project_id: string
  conversation_id: string
  client_id: string
  change_number: number
  seq: number | null
  author_kind: 'visitor' | 'agent' | 'system'
  author_id: string | null
  author_name: string | null
  key_id: string | null
  token_issued_at: number | null
  verified_at: number | null
  kind: 'text' | 'note' | 'system'
  text: string
  attributes: string
  created_at: number
  /** As readers get them, as JSON. */
  attachments: string
}

interface AuditLogTable {
  id: string
  project_id: string
  agent_id: string | null
  action: string
  detail: string
  address: string
  created_at: number
  shortened_at: number | null
}

interface ApiKeyTable {
  id: string
  project_id: string
  name: string
  token_hash: string
  last4: string
  scopes: string
  created_by: string | null
  created_at: number
  last_used_at: number | null
}
