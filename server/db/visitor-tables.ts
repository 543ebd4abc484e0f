/** The tables of who comes in; see schema.ts. */

export interface VisitorTable {
  id: string
  project_id: string
  /** Null: anonymous. Once set it never changes (VS4). */
  external_id: string | null
  name: string | null
  email: string | null
  email_key: string | null
  phone: string | null
  attributes: string
  /** The iat of the token that the profile follows. */
  profile_issued_at: number | null
  verified_key_id: string | null
  verified_at: number | null
  verified_until: number | null
  /** As in `bans`, and here, too: a sign-in that crosses the ban waits for this row. */
  banned_at: number | null
  created_at: number
  last_seen_at: number
  /** In the link that ends mails to him. */
  mail_token: string | null
  mail_refused_at: number | null
  /** When he was last told what he missed. */
  mailed_at: number | null
  /** Set: nobody sees him any more, and what is left of him is being deleted. */
  erasing_at: number | null
}

export interface VisitorSessionTable {
  id: string
  project_id: string
  visitor_id: string
  token_hash: string
  /** The verification that messages of this session carry; all three null: anonymous. */
  key_id: string | null
  issued_at: number | null
  verified_at: number | null
  created_at: number
  expires_at: number
  ended_at: number | null
  end_reason: string | null
  /** Where an anonymous session was opened from, as addressKey gives it; null for verified ones. */
  address: string | null
  /** The anonymous visitor whose conversations this session may still take over (VS7). */
  carry_over_from: string | null
  shortened_at: number | null
}

export interface BanTable {
  id: string
  project_id: string
  visitor_id: string
  /** Of an anonymous visitor: nobody else comes in anonymously from there. */
  address: string | null
  reason: string | null
  banned_by: string | null
  created_at: number
}

/** That a conversation was there: for whoever was away when it was erased. */
export interface ErasedConversationTable {
  conversation_id: string
  project_id: string
  /** Null once he is erased himself. */
  visitor_id: string | null
  change_number: number
  erased_at: number
}

/** Of projects that ask for single use: kept until the token would be refused anyway (VT13). */
export interface UsedTokenTable {
  project_id: string
  jti_hash: string
  expires_at: number
}
