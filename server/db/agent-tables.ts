export interface AgentTable {
  id: string
  name: string
  email: string
  email_key: string
  password_hash: string
  created_at: number
}

export interface AgentSessionTable {
  id: string
  agent_id: string
  token_hash: string
  created_at: number
  expires_at: number
}

export interface PasswordResetTable {
  id: string
  agent_id: string
  token_hash: string
  created_at: number
  expires_at: number
  used_at: number | null
}

export interface LogInAttemptTable {
  /** A mark of account, address or both. */
  name: string
  /** Of what is counted there. */
  thousandths: number
  at: number
  expires_at: number
}
