// Made by scripts/build-client.ts from the OpenAPI document; not to be edited.

export type Agent = {
  id: string
  name: string
  email: string
}

export type ApiKey = {
  id: string
  name: string
  /** The last four characters of it */
  last4: string
  /** What it may do, in its own project and with all of it in sight. No scope includes another */
  scopes: Array<'conversations:read' | 'conversations:write' | 'visitors:read' | 'visitors:export' | 'visitors:ban' | 'visitors:sign_out' | 'visitors:erase' | 'project:read' | 'departments:write' | 'reports:read'>
  createdBy: {
    id: string
    name: string
  } | null
  /** Milliseconds since 1970 */
  createdAt: number
  lastUsedAt: number | null
}

export type Attachment = {
  id: string
  name: string
  type: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | 'application/pdf' | 'text/plain'
  bytes: number
  /** Of images, in pixels */
  width: number | null
  height: number | null
  /** Is there a small picture of it? */
  thumbnail: boolean
}

export type AuditEntry = {
  id: string
  /** Milliseconds since 1970 */
  at: number
  /** Null: an API key, or somebody who is no more */
  agent: {
    id: string
    name: string
  } | null
  /** Such as `role_changed` or `api_key_revoked`; new ones may come */
  action: string
  /** Depends on the action; never a secret. An API key's has `apiKeyId` and `apiKeyName` */
  detail: Record<string, unknown>
  /** From which network address */
  address: string
}

export type Author = {
  /** `agent` is also what an API key has written; `system` are lines that say what happened */
  kind: 'visitor' | 'agent' | 'system'
  /** The visitor's, the agent's or the API key's */
  id: string | null
  name: string | null
}

export type Ban = {
  id: string
  visitor: {
    id: string
    externalId: string | null
    name: string | null
  }
  reason: string | null
  bannedBy: {
    id: string
    name: string
  } | null
  /** Milliseconds since 1970 */
  createdAt: number
}

export type Conversation = {
  id: string
  projectId: string
  /** Grows with each change: of two copies the higher is the newer */
  version: number
  state: 'open' | 'snoozed' | 'resolved'
  visitor: Visitor
  /** Whose it is; null: nobody has taken it yet */
  assignee: {
    id: string
    name: string
  } | null
  department: {
    id: string
    name: string
  } | null
  /** What the visitor thought of it */
  rating: {
    stars: number
    comment: string | null
    /** Milliseconds since 1970 */
    ratedAt: number
  } | null
  tags: Array<string>
  /** The `seq` of the latest message */
  lastSeq: number
  /** Up to which `seq` the visitor has read */
  visitorReadSeq: number
  /** Up to which `seq` an agent has read */
  agentReadSeq: number
  lastMessage: Message | null
  /** Since when the visitor has no answer; null: he waits for none */
  waitingSince: number | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  lastActivityAt: number
  /** For `If-Match`: another with each change of what can be changed here. A server of an older version leaves it out. */
  etag?: string
}

export type Delivery = {
  /** What the header `webhook-id` says */
  id: string
  /** An event, or `webhook.test` */
  type: string
  state: 'waiting' | 'delivered' | 'given_up'
  /** How often it was tried; from 0 again when it is sent again */
  attempts: number
  /** What the address answered last; null before, or when it did not answer */
  status: number | null
  /** What was wrong with it, in one sentence */
  failure: string | null
  /** Milliseconds since 1970 */
  createdAt: number
  triedAt: number | null
  /** When it is tried next; null when it is not */
  nextTryAt: number | null
}

export type Department = {
  id: string
  name: string
  /** What pages written for Tiledesk may call it by */
  legacyId: string | null
  /** Who is in it */
  agentIds: Array<string>
  /** For `If-Match`: another with each change of what can be changed here. A server of an older version leaves it out. */
  etag?: string
}

export type Failure = {
  error: {
    /** Stable: match on it. New ones may come */
    code: 'token_malformed' | 'algorithm_not_allowed' | 'no_signing_key' | 'key_unknown' | 'signature_invalid' | 'secret_revoked' | 'claim_missing' | 'time_in_milliseconds' | 'issued_in_future' | 'claim_invalid' | 'lifetime_too_long' | 'token_expired' | 'token_not_yet_valid' | 'audience_mismatch' | 'nonce_mismatch' | 'token_replayed' | 'invalid_request' | 'attachment_empty' | 'not_signed_in' | 'wrong_credentials' | 'api_key_unknown' | 'session_ended' | 'authentication_required' | 'forbidden' | 'setup_code_required' | 'origin_not_allowed' | 'attachment_quota_exceeded' | 'banned' | 'not_found' | 'method_not_allowed' | 'upload_too_slow' | 'already_set_up' | 'too_many_keys' | 'key_not_live' | 'client_id_conflict' | 'email_taken' | 'already_member' | 'last_owner' | 'no_recent_sign_in' | 'legacy_id_taken' | 'department_taken' | 'too_many_departments' | 'not_closed' | 'too_many_webhooks' | 'invitation_expired' | 'link_expired' | 'changed_meanwhile' | 'body_too_large' | 'attachment_too_large' | 'unsupported_media_type' | 'attachment_type_not_allowed' | 'key_invalid' | 'key_is_private' | 'jwks_unreachable' | 'webhook_url_invalid' | 'text_invalid' | 'text_empty' | 'text_too_long' | 'attributes_too_large' | 'attachment_not_found' | 'too_many_attachments' | 'image_too_large' | 'image_unreadable' | 'time_zone_unknown' | 'hours_invalid' | 'form_invalid' | 'rate_limited' | 'internal_error' | 'mail_not_configured' | 'unavailable'
    /** A sentence for people; it may change */
    message: string
    /** What was wrong: a field, a parameter, or what was not found */
    field?: string
    /** With `rate_limited`: how long to wait */
    retryAfterMs?: number
  }
}

export type Invitation = {
  id: string
  email: string
  role: 'owner' | 'admin' | 'agent'
  invitedBy: {
    id: string
    name: string
  } | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  expiresAt: number
}

export type Member = {
  agent: Agent
  role: 'owner' | 'admin' | 'agent'
  /** Milliseconds since 1970 */
  joinedAt: number
  online: boolean
}

export type Membership = {
  project: Project
  role: 'owner' | 'admin'
} | {
  project: ProjectFace
  role: 'agent'
}

export type Message = {
  id: string
  /** What its writer called it: the same again is the same message */
  clientId: string
  conversationId: string
  /** Counts what the visitor may see, 1, 2, 3, …; notes and lines for agents have none */
  seq: number | null
  author: Author
  /** Null: nobody vouched for him, whatever his name says */
  verification: Verification | null
  /** `note`: for agents only. `system`: a line that says what happened, with its key in `attributes` */
  kind: 'text' | 'note' | 'system'
  /** Plain text; empty where a file says it all */
  text: string
  /** Whatever its writer sent along */
  attributes: Record<string, unknown>
  attachments: Array<Attachment>
  /** Milliseconds since 1970 */
  createdAt: number
}

export type OpeningHours = {
  /** An IANA name, such as Europe/Rome */
  timeZone: string
  /** None at all: always closed */
  intervals: Array<{
    /** 1 is Monday, 7 is Sunday */
    day: number
    from: string
    to: string
  }>
  /** What a visitor reads while it is closed */
  awayMessage: string | null
}

export type Project = {
  id: string
  name: string
  /** What pages written for Tiledesk may call it by */
  legacyId: string | null
  /** Must visitors sign in? `report`: they need not, and owners and admins see how many did not */
  enforcement: 'off' | 'report' | 'required'
  /** Which websites may show the chat; none: all of them */
  allowedOrigins: Array<string>
  /** How long a session lasts that a token opened */
  verifiedSessionSeconds: number
  /** Does whoever signs in keep what he wrote before? */
  anonymousCarryOver: 'always' | 'ask' | 'never'
  /** Is each token good for one sign-in only? */
  singleUseTokens: boolean
  widget: WidgetSettings
  openingHours: OpeningHours | null
  /** The page that mails lead a visitor back to; without one none are sent to him */
  siteUrl: string | null
  /** So long after the last activity a conversation is erased; null: never */
  retentionDays: number | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** For `If-Match`: another with each change of what can be changed here. A server of an older version leaves it out. */
  etag?: string
}

export type ProjectFace = {
  id: string
  name: string
  widget: WidgetSettings
  /** Milliseconds since 1970 */
  createdAt: number
}

export type PublicKey = {
  id: string
  /** Null for a JWKS: each key in it has its own */
  algorithm: 'ES256' | 'EdDSA' | 'RS256' | null
  /** The key's own `kid`, if it came with one; a token may name it or `id` */
  kid: string | null
  jwks: {
    url: string
    /** The last time it was fetched well, and how many usable keys were in it */
    fetchedAt: number | null
    keys: number
    /** Why the last fetch failed, in one sentence; null when it did not */
    failure: string | null
  } | null
  createdBy: {
    id: string
    name: string
  } | null
  /** Milliseconds since 1970 */
  createdAt: number
  lastUsedAt: number | null
  sessions: number
  connected: number
  signInsLastDay: number
  signInsLastWeek: number
}

export type SharedSecret = {
  id: string
  /** The last four characters of it */
  last4: string
  /** `retiring`: it verifies until `retiresAt`, and then no more */
  state: 'active' | 'retiring' | 'revoked'
  createdBy: {
    id: string
    name: string
  } | null
  /** Milliseconds since 1970 */
  createdAt: number
  retiresAt: number | null
  revokedAt: number | null
  lastUsedAt: number | null
  /** Sessions open through this secret now, and how many of them are connected */
  sessions: number
  connected: number
  signInsLastDay: number
  signInsLastWeek: number
}

export type SignInRefusal = {
  id: string
  /** Milliseconds since 1970 */
  at: number
  /** With which it was refused */
  code: string
  /** Of which claim or header of the token */
  field: string | null
  /** What a developer should look at */
  hint: string | null
  keyId: string | null
  /** The website */
  origin: string | null
}

export type TokenCheck = {
  accepted: boolean
  rules: Array<{
    /** Its number in the specification */
    rule: string
    outcome: 'passed' | 'failed' | 'skipped'
    /** With which code a sign-in would be refused */
    code?: string
    /** Of which claim or header of the token */
    field?: string
    /** What a developer should look at, from a diagnosis of this very token */
    hint?: string
  }>
  /** Whom it would sign in, if it is accepted */
  visitor: {
    externalId: string
    name: string | null
    email: string | null
  } | null
}

export type Verification = {
  /** The shared secret or public key that vouched for him */
  keyId: string
  /** The token's iat, in milliseconds */
  issuedAt: number
  /** When the token was checked */
  verifiedAt: number
}

export type Visitor = {
  id: string
  /** Who he is to the site: the `external_id` of his tokens */
  externalId: string | null
  name: string | null
  email: string | null
  phone: string | null
  /** What the site said of him in his token */
  attributes: Record<string, unknown>
  /** What may be believed right now. `verified`: a session is open that a signed token opened; `verified_earlier`: there was one; `claimed`: a name or e-mail that nobody signed; `anonymous`: nothing at all */
  identity: 'verified' | 'verified_earlier' | 'claimed' | 'anonymous'
  verification: {
    keyId: string
    keyLast4: string
    /** Milliseconds since 1970 */
    verifiedAt: number
    /** When the newest verified session runs out */
    expiresAt: number
  } | null
  /** The name of the verified person whose e-mail this unverified visitor claims, if any */
  notVerifiedAs: string | null
  /** He has been sent away and is not let in again */
  banned: boolean
  online: boolean
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  lastSeenAt: number
}

export type VisitorConversation = {
  id: string
  /** Grows with each change: of two copies the higher is the newer */
  version: number
  state: 'open' | 'resolved'
  department: {
    id: string
    name: string
  } | null
  rating: {
    stars: number
    comment: string | null
    /** Milliseconds since 1970 */
    ratedAt: number
  } | null
  /** The `seq` of the latest message */
  lastSeq: number
  /** Up to which `seq` the visitor has read */
  visitorReadSeq: number
  /** Up to which `seq` an agent has read */
  agentReadSeq: number
  lastMessage: Message | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  lastActivityAt: number
}

export type VisitorHoldings = {
  id: string
  externalId: string | null
  name: string | null
  email: string | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  lastSeenAt: number
  conversations: number
  messages: number
  files: number
}

export type VisitorSelf = {
  id: string
  externalId: string | null
  name: string | null
  email: string | null
  /** A signed token has opened this session */
  verified: boolean
}

export type Webhook = {
  id: string
  url: string
  events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
  enabled: boolean
  /** The last four characters of its secret */
  last4: string
  /** Until then the secret before this one signs, too */
  previousSecretUntil: number | null
  /** How many deliveries wait, at most 10,000 */
  waiting: number
  /** Since when none has arrived, and how the latest failed; null while they arrive */
  failing: {
    /** Milliseconds since 1970 */
    since: number
    failure: string
  } | null
  createdBy: {
    id: string
    name: string
  } | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** For `If-Match`: another with each change of what can be changed here. A server of an older version leaves it out. */
  etag?: string
}

export type WidgetSettings = {
  themeColor?: string
  align?: 'left' | 'right'
  widgetTitle?: string
  welcomeTitle?: string
  welcomeMsg?: string
  logoChat?: string
  launcherImage?: string
  launcherShape?: 'round' | 'rounded' | 'square'
  /** Seconds until the callout shows: 0 at once, -1 never */
  calloutTimer?: number
  calloutTitle?: string
  calloutMsg?: string
  poweredBy?: string
  texts?: Record<string, string | Record<string, string | Record<string, string>>>
  preChatForm?: boolean
  preChatFormJson?: Array<{
    name: string
    type: 'text' | 'textarea' | 'checkbox'
    label: string | Record<string, string>
    mandatory?: boolean
    /** What an answer must match; it compiles with the flag `u` */
    regex?: string
    errorLabel?: string | Record<string, string>
    rows?: number
  } | {
    name?: string
    type: 'static'
    value: string | Record<string, string>
  }>
  soundEnabled?: boolean
  showAvailableAgents?: boolean
  showWaitTime?: boolean
  nativeRating?: boolean
  allowReopen?: boolean
  singleConversation?: boolean
  onPageChangeVisibilityDesktop?: 'open' | 'close' | 'last'
  onPageChangeVisibilityMobile?: 'open' | 'close' | 'last'
  displayOnDesktop?: boolean
  displayOnMobile?: boolean
  displayOnPages?: Array<string>
  displayNotOnPages?: Array<string>
}

/** By method and path: what goes in, and what comes back when nothing is refused. */
export interface Operations {
  /** Is this installation waiting for its first owner? */
  'GET /setup': {
    input: unknown
    answer: {
      needed: boolean
      /** Has whoever sets it up to bring the code that the server printed? */
      codeRequired: boolean
      /** Can this server send mail? */
      mail: boolean
    }
  }
  /** Make the first owner and the first project, and sign in */
  'POST /setup': {
    input: {
      body: {
        name: string
        email: string
        password: string
        projectName: string
        code?: string
      }
    }
    answer: {
      agent: Agent
      project: Project
    }
  }
  /** Sign an agent in; sets the cookie */
  'POST /agent-session': {
    input: {
      body: {
        email: string
        password: string
      }
    }
    answer: {
      agent: Agent
      memberships: Array<Membership>
    }
  }
  /** Sign the agent out */
  'DELETE /agent-session': {
    input: unknown
    answer: null
  }
  /** Who am I, and where do I belong */
  'GET /me': {
    input: unknown
    answer: {
      agent: Agent
      memberships: Array<Membership>
    }
  }
  /** Have a link to choose a new password sent; the answer is the same whether there is such an account */
  'POST /password-resets': {
    input: {
      body: {
        email: string
      }
    }
    answer: null
  }
  /** Choose a new password by such a link, once; every session of the account ends */
  'POST /password-resets/use': {
    input: {
      body: {
        /** What follows the `#` in the link that was mailed or handed over */
        token: string
        password: string
      }
    }
    answer: null
  }
  /** The caller's projects */
  'GET /projects': {
    input: unknown
    answer: {
      projects: Array<Project | ProjectFace>
    }
  }
  /** Make another project, with the caller as its owner */
  'POST /projects': {
    input: {
      body: {
        name: string
      }
    }
    answer: Project
  }
  /** One project; with its settings for owners and admins */
  'GET /projects/:project': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: Project | ProjectFace
  }
  /** Change settings of a project */
  'PATCH /projects/:project': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        name?: string
        enforcement?: 'off' | 'report' | 'required'
        /** Require signing in although nobody has in the last 7 days */
        override?: boolean
        allowedOrigins?: Array<string>
        legacyId?: string | null
        verifiedSessionSeconds?: number
        anonymousCarryOver?: 'always' | 'ask' | 'never'
        singleUseTokens?: boolean
        widget?: WidgetSettings
        openingHours?: OpeningHours | null
        /** So many days after the last activity a conversation is erased; null: never */
        retentionDays?: number | null
        /** The page that mails lead a visitor back to; without one none are sent to him */
        siteUrl?: string | null
      }
    }
    answer: Project
  }
  /** Who would be refused if signing in were required? */
  'GET /projects/:project/enforcement': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      /** The latest sign-in with a token that is still remembered */
      lastSignInAt: number | null
      /** Over so many days: sessions that a token opened or renewed, and anonymous ones that were in use */
      days: number
      signedIn: number
      anonymous: number
    }
  }
  /** How many conversations have rested for so many days, and would go at once if no more were kept? */
  'GET /projects/:project/retention': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        days: string
      }
    }
    answer: {
      /** Up to 10,001, which means: more than 10,000 */
      conversations: number
    }
  }
  /** What the widget must know before anybody signs in */
  'GET /projects/:project/widget': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      project: string
      name: string
      enforcement: 'off' | 'report' | 'required'
      settings: WidgetSettings
      /** First names of agents who are online, at most five */
      agents: Array<string>
      hours: {
        open: boolean
        /** When it opens next; null while it is open, and where it never does */
        opensAt: number | null
        /** The away message while it is closed */
        message: string | null
      }
      /** What a visitor may choose from, by name; `legacyId` is what a page's departmentID may say instead */
      departments: Array<{
        id: string
        name: string
        legacyId: string | null
      }>
      /** How long the first answer of the last days took, as a median; null while too few are known */
      replySeconds: number | null
    }
  }
  /** Has a signed visitor arrived yet? */
  'GET /projects/:project/installation': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      lastSignIn: {
        /** Milliseconds since 1970 */
        at: number
        name: string | null
      } | null
    }
  }
  /** The project's shared secrets, without the secrets themselves */
  'GET /projects/:project/shared-secrets': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      sharedSecrets: Array<SharedSecret>
    }
  }
  /** Generate a shared secret; the answer is the only one that ever shows it */
  'POST /projects/:project/shared-secrets': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        /** What becomes of the secrets that there are: revoked unless it is given */
        previous?: 'revoke' | 'retire' | 'keep'
        /** How long those that retire still verify */
        graceSeconds?: number
      }
    }
    answer: {
      id: string
      /** The last four characters of it */
      last4: string
      /** `retiring`: it verifies until `retiresAt`, and then no more */
      state: 'active' | 'retiring' | 'revoked'
      createdBy: {
        id: string
        name: string
      } | null
      /** Milliseconds since 1970 */
      createdAt: number
      retiresAt: number | null
      revokedAt: number | null
      lastUsedAt: number | null
      /** Sessions open through this secret now, and how many of them are connected */
      sessions: number
      connected: number
      signInsLastDay: number
      signInsLastWeek: number
      /** Shown once */
      secret: string
    }
  }
  /** Revoke a secret: whoever came in through it is signed out within a second */
  'POST /projects/:project/shared-secrets/:key/revoke': {
    input: {
      params: {
        project: string
        key: string
      }
    }
    answer: null
  }
  /** Let a secret verify for a while longer, then no more */
  'POST /projects/:project/shared-secrets/:key/retire': {
    input: {
      params: {
        project: string
        key: string
      }
      body: {
        /** How long it still verifies */
        graceSeconds: number
      }
    }
    answer: null
  }
  /** The project's public keys and JWKS addresses */
  'GET /projects/:project/public-keys': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      publicKeys: Array<PublicKey>
    }
  }
  /** Register a public key as PEM or JWK, or a JWKS address that is fetched at once */
  'POST /projects/:project/public-keys': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        pem: string
        /** Null for a JWKS: each key in it has its own */
        algorithm?: 'ES256' | 'EdDSA' | 'RS256' | null
      } | {
        jwk: Record<string, unknown>
      } | {
        jwksUrl: string
      }
    }
    answer: PublicKey
  }
  /** Delete a public key: whoever came in through it is signed out within a second */
  'DELETE /projects/:project/public-keys/:key': {
    input: {
      params: {
        project: string
        key: string
      }
    }
    answer: null
  }
  /** Run every rule on a token; it is neither stored nor logged, and signs nobody in */
  'POST /projects/:project/token-checks': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        token: string
        /** Of what the `nonce` of the token is the SHA-256, in base64url */
        verifier?: string
      }
    }
    answer: TokenCheck
  }
  /** Sign-ins that were refused in the last 30 days, the latest first, at most 1,000 */
  'GET /projects/:project/sign-in-log': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
        /** How many at most, 1 to 200; 50 unless it is given */
        limit?: string
      }
    }
    answer: {
      refusals: Array<SignInRefusal>
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** Who changed keys, enforcement, origins, roles and bans, the latest first */
  'GET /projects/:project/audit-log': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
        /** How many at most, 1 to 200; 50 unless it is given */
        limit?: string
      }
    }
    answer: {
      entries: Array<AuditEntry>
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** Exchange a visitor token for a session; without a token the session is anonymous */
  'POST /projects/:project/visitor-sessions': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        /** A JWT that the site has signed, with `iat`, `exp` and an `external_id` */
        token?: string
        /** Of what the `nonce` of the token is the SHA-256, in base64url */
        verifier?: string
        /** The session this browser held: ended when the identity changes, replaced when it is renewed */
        previousSession?: string
        /** What the page or the visitor says of himself. Never believed. */
        claims?: {
          name?: string
          email?: string
        }
      }
    }
    answer: {
      /** Opaque; goes into `Authorization: Bearer …` and the `hello` frame. Shown once */
      session: string
      /** Milliseconds since 1970 */
      expiresAt: number
      visitor: VisitorSelf
      /** How many conversations the visitor has */
      conversations: number
      /** How many messages of agents he has not read */
      unread: number
      /** What was written on this browser before the sign-in, and waits for an answer to "Keep it in your account?" */
      carryOver: {
        conversations: number
      } | null
    }
  }
  /** Sign a person out everywhere, within a second */
  'DELETE /projects/:project/visitor-sessions': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        externalId: string
      }
    }
    answer: {
      /** How many sessions were open */
      ended: number
    }
  }
  /** Is my session still good, and is anything unread? */
  'GET /visitor-session': {
    input: unknown
    answer: {
      /** Milliseconds since 1970 */
      expiresAt: number
      visitor: VisitorSelf
      conversations: number
      unread: number
      /** What was written on this browser before the sign-in, and waits for an answer to "Keep it in your account?" */
      carryOver: {
        conversations: number
      } | null
    }
  }
  /** Say a name or an e-mail of oneself; nobody believes it */
  'PATCH /visitor-session': {
    input: {
      body: {
        name?: string
        email?: string
      }
    }
    answer: VisitorSelf
  }
  /** Sign the visitor out */
  'DELETE /visitor-session': {
    input: unknown
    answer: null
  }
  /** Keep in the account what was written on this browser before the sign-in, or leave it; the first answer counts */
  'POST /visitor-session/carry-over': {
    input: {
      body: {
        keep: boolean
      }
    }
    answer: {
      conversations: number
      unread: number
    }
  }
  /** Conversations, the latest first; with `text` those whose visitor is called so, then those in which it was written */
  'GET /projects/:project/conversations': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** All of them unless it is given */
        state?: 'open' | 'snoozed' | 'resolved'
        /** `me`, `none`, or an agent's id */
        assignee?: string
        /** A department's id, or `none` */
        department?: string
        /** What agents look for. Of a name, an e-mail or an external id it may be any part; of messages all words, or their beginnings. A page of a search has 20 conversations at most, perhaps fewer or none, and yet a next page. */
        text?: string
        /** The `nextPage` of the page before */
        page?: string
        /** How many at most, 1 to 200; 50 unless it is given */
        limit?: string
      }
    }
    answer: {
      conversations: Array<Conversation | VisitorConversation>
      /** With `text` only: what was found in those conversations that a message made be found */
      matches?: Array<{
        conversationId: string
        messageId: string
        kind: 'text' | 'note'
        author: Author
        /** Milliseconds since 1970 */
        createdAt: number
        excerpt: {
          /** A line of the message: plain text */
          text: string
          /** Where in it the words stand, in characters of JavaScript */
          ranges: Array<{
            from: number
            to: number
          }>
        }
      }>
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** One conversation */
  'GET /conversations/:conversation': {
    input: {
      params: {
        conversation: string
      }
    }
    answer: Conversation | VisitorConversation
  }
  /** Resolve, snooze, reopen, assign, move to a department or tag */
  'PATCH /conversations/:conversation': {
    input: {
      params: {
        conversation: string
      }
      body: {
        state?: 'open' | 'snoozed' | 'resolved'
        /** A member; null gives it back to everybody */
        assigneeId?: string | null
        /** A department; null takes it out of the one it is in */
        departmentId?: string | null
        /** All of them: those that are left out go */
        tags?: Array<string>
      }
    }
    answer: Conversation
  }
  /** The visitor has been helped; closing what is closed changes nothing */
  'POST /conversations/:conversation/close': {
    input: {
      params: {
        conversation: string
      }
    }
    answer: VisitorConversation
  }
  /** The visitor rates a closed conversation; as often as he likes, the latest counts */
  'PUT /conversations/:conversation/rating': {
    input: {
      params: {
        conversation: string
      }
      body: {
        stars: number
        comment?: string
      }
    }
    answer: VisitorConversation
  }
  /** Messages in order: the latest, those after `after`, those before `before`, or those around `around` */
  'GET /conversations/:conversation/messages': {
    input: {
      params: {
        conversation: string
      }
      query: {
        /** A `seq`, or a message's id: what came after it, oldest first; 0 for all from the beginning */
        after?: string
        /** A message's id: what came before it; the page itself is oldest first, too */
        before?: string
        /** A message's id: it, half a page before it and half a page after it */
        around?: string
        /** How many at most, 1 to 200; 50 unless it is given */
        limit?: string
      }
    }
    answer: {
      messages: Array<Message>
      /** Is there more in the direction that was asked for; with `around`, before the first? */
      more: boolean
      /** With `around` only: is there more after the last? */
      newer?: boolean
    }
  }
  /** Write a message, or an agents-only note */
  'POST /conversations/:conversation/messages': {
    input: {
      params: {
        conversation: string
      }
      body: {
        /** Chosen by the writer, unique in the project: what makes it one message however often it is sent */
        clientId: string
        /** Plain text of 1 to 8,000 characters; none is needed beside a file */
        text: string
        /** At most 4 KiB as JSON */
        attributes?: Record<string, unknown>
        /** At most 10, uploaded before by this very caller, and sent with no other message */
        attachmentIds?: Array<string>
        /** A note, which no visitor sees; a text unless it is given */
        kind?: 'note'
      }
    }
    answer: Message
  }
  /** The conversation with every message and how its author was verified, oldest first; nearly always in one page */
  'GET /conversations/:conversation/export': {
    input: {
      params: {
        conversation: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
      }
    }
    answer: {
      conversation: Conversation | VisitorConversation
      messages: Array<Message>
      /** Milliseconds since 1970 */
      exportedAt: number
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** Upload a file, to be sent with a message within a day; the body is its bytes, and its type is what they say */
  'POST /projects/:project/attachments': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** What the file is called: of a path the last part, without what would not show */
        name?: string
      }
    }
    answer: Attachment
  }
  /** Take back what one has uploaded oneself and not sent */
  'DELETE /projects/:project/attachments/:attachment': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
        attachment: string
      }
    }
    answer: null
  }
  /** Addresses to fetch an attachment from, good for five minutes and only while its reader may see it */
  'POST /attachments/:attachment/link': {
    input: {
      params: {
        attachment: string
      }
    }
    answer: {
      /** A path below the server's own address */
      url: string
      /** Of a small picture of it, if there is one */
      thumbnailUrl: string | null
      /** Milliseconds since 1970 */
      expiresAt: number
    }
  }
  /** The bytes of an attachment: images inline, everything else as a download; an address on the net fetches 1,000 at once and 3,000 a minute */
  'GET /files/:token': {
    input: {
      params: {
        token: string
      }
    }
    answer: null
  }
  /** Who answers here */
  'GET /projects/:project/members': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
        /** How many at most, 1 to 200; 200 unless it is given */
        limit?: string
      }
    }
    answer: {
      members: Array<Member>
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** Change a member's role */
  'PATCH /projects/:project/members/:agent': {
    input: {
      params: {
        project: string
        agent: string
      }
      body: {
        role: 'owner' | 'admin' | 'agent'
      }
    }
    answer: Member
  }
  /** Remove a member */
  'DELETE /projects/:project/members/:agent': {
    input: {
      params: {
        project: string
        agent: string
      }
    }
    answer: null
  }
  /** Invitations that are still open */
  'GET /projects/:project/invitations': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
        /** How many at most, 1 to 200; 200 unless it is given */
        limit?: string
      }
    }
    answer: {
      invitations: Array<Invitation>
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** Invite somebody; the link is in this answer, and in a mail to him where mail is set up */
  'POST /projects/:project/invitations': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        email: string
        role: 'owner' | 'admin' | 'agent'
      }
    }
    answer: {
      id: string
      email: string
      role: 'owner' | 'admin' | 'agent'
      invitedBy: {
        id: string
        name: string
      } | null
      /** Milliseconds since 1970 */
      createdAt: number
      /** Milliseconds since 1970 */
      expiresAt: number
      /** Shown once: whoever opens it joins */
      link: string
      /** Was it mailed to him, too? */
      mailed: boolean
    }
  }
  /** Take an invitation back */
  'DELETE /projects/:project/invitations/:invitation': {
    input: {
      params: {
        project: string
        invitation: string
      }
    }
    answer: null
  }
  /** What does this invitation offer? */
  'POST /invitations/preview': {
    input: {
      body: {
        /** What follows the `#` in the link that was mailed or handed over */
        token: string
      }
    }
    answer: {
      projectName: string
      email: string
      role: 'owner' | 'admin' | 'agent'
      hasAccount: boolean
    }
  }
  /** Join. Somebody with an account gives its password, a newcomer chooses one; sets the cookie */
  'POST /invitations/accept': {
    input: {
      body: {
        /** What follows the `#` in the link that was mailed or handed over */
        token: string
        name?: string
        password: string
      }
    }
    answer: {
      agent: Agent
      memberships: Array<Membership>
    }
  }
  /** The departments, by name */
  'GET /projects/:project/departments': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      departments: Array<Department>
    }
  }
  /** Make a department */
  'POST /projects/:project/departments': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        name: string
        legacyId?: string | null
        agentIds?: Array<string>
      }
    }
    answer: Department
  }
  /** Change its name, its legacy id, or who is in it; whoever is in it sees its conversations from now on */
  'PATCH /projects/:project/departments/:department': {
    input: {
      params: {
        project: string
        department: string
      }
      body: {
        name?: string
        legacyId?: string | null
        agentIds?: Array<string>
      }
    }
    answer: Department
  }
  /** Delete a department; its conversations stay, without one */
  'DELETE /projects/:project/departments/:department': {
    input: {
      params: {
        project: string
        department: string
      }
    }
    answer: null
  }
  /** Who is banned, the latest first */
  'GET /projects/:project/bans': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
        /** How many at most, 1 to 200; 200 unless it is given */
        limit?: string
      }
    }
    answer: {
      bans: Array<Ban>
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** Ban a visitor: he is signed out within a second and not let in again */
  'POST /projects/:project/bans': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        visitorId: string
        reason?: string
      }
    }
    answer: Ban
  }
  /** Lift a ban */
  'DELETE /projects/:project/bans/:ban': {
    input: {
      params: {
        project: string
        ban: string
      }
    }
    answer: null
  }
  /** The person with this external id, and how much is stored of him; an empty list if there is nobody */
  'GET /projects/:project/visitors': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** Who he is to the site: the `external_id` of his tokens */
        externalId: string
      }
    }
    answer: {
      visitors: Array<VisitorHoldings>
    }
  }
  /** Erase a person by his external id */
  'DELETE /projects/:project/visitors': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        /** Who he is to the site: the `external_id` of his tokens */
        externalId: string
      }
    }
    answer: {
      /** False: there was nobody */
      erased: boolean
    }
  }
  /** How much is stored of a person */
  'GET /projects/:project/visitors/:visitor': {
    input: {
      params: {
        project: string
        visitor: string
      }
    }
    answer: VisitorHoldings
  }
  /** Erase a person, with all his conversations; he is signed out within a second, and nothing brings him back */
  'DELETE /projects/:project/visitors/:visitor': {
    input: {
      params: {
        project: string
        visitor: string
      }
    }
    answer: null
  }
  /** All that is stored of a person, in pages; the first has his profile, and is written down in the audit log */
  'GET /projects/:project/visitors/:visitor/export': {
    input: {
      params: {
        project: string
        visitor: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
      }
    }
    answer: {
      /** On the first page; null on those that follow */
      person: {
        id: string
        externalId: string | null
        name: string | null
        email: string | null
        phone: string | null
        attributes: Record<string, unknown>
        verifiedAt: number | null
        /** Milliseconds since 1970 */
        createdAt: number
        /** Milliseconds since 1970 */
        lastSeenAt: number
        mailsRefusedAt: number | null
        sessions: Array<{
          id: string
          keyId: string | null
          issuedAt: number | null
          verifiedAt: number | null
          /** Milliseconds since 1970 */
          createdAt: number
          /** Milliseconds since 1970 */
          expiresAt: number
          endedAt: number | null
          endReason: string | null
          address: string | null
        }>
        bans: Array<{
          id: string
          reason: string | null
          address: string | null
          /** Milliseconds since 1970 */
          createdAt: number
        }>
        unsentAttachments: Array<Attachment>
        deliveries: Array<{
          id: string
          type: string
          state: string
          /** Milliseconds since 1970 */
          createdAt: number
          finishedAt: number | null
        }>
      } | null
      conversations: Array<{
        conversation: Conversation
        messages: Array<Message>
      }>
      /** Milliseconds since 1970 */
      exportedAt: number
      nextPage: string | null
    }
  }
  /** What happened from one day to another, both included, at most 366: in all, by day, agent and department */
  'GET /projects/:project/reports': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      query: {
        from: string
        to: string
        /** Whose days are meant, such as `Europe/Rome`; UTC unless it is given */
        timeZone?: string
      }
    }
    answer: {
      from: string
      to: string
      timeZone: string
      total: {
        /** Conversations that began, and how many of them with a verified visitor */
        opened: number
        verified: number
        /** How often one was resolved */
        resolved: number
        visitorMessages: number
        /** By people who answer */
        agentMessages: number
        /** By API keys: no agent has them among his, and they are no first reply */
        botMessages?: number
        /** From the beginning of a conversation to the first message of a person who answers */
        firstReply: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        /** From the beginning, or from when it was last opened again */
        resolution: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        /** How many ratings had one star, two, …, five */
        stars: Array<number>
      }
      /** Every day of the span, also those on which nothing happened */
      days: Array<{
        day: string
        opened: number
        resolved: number
        visitorMessages: number
        agentMessages: number
      }>
      /** Messages and first replies are whoever wrote them; the rest is his to whom a conversation is assigned now */
      agents: Array<{
        id: string
        name: string | null
        /** Conversations that began, and how many of them with a verified visitor */
        opened: number
        verified: number
        /** How often one was resolved */
        resolved: number
        visitorMessages: number
        /** By people who answer */
        agentMessages: number
        /** By API keys: no agent has them among his, and they are no first reply */
        botMessages?: number
        /** From the beginning of a conversation to the first message of a person who answers */
        firstReply: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        /** From the beginning, or from when it was last opened again */
        resolution: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        /** How many ratings had one star, two, …, five */
        stars: Array<number>
      }>
      /** As conversations are sorted now; null: in none */
      departments: Array<{
        id: string | null
        name: string | null
        /** Conversations that began, and how many of them with a verified visitor */
        opened: number
        verified: number
        /** How often one was resolved */
        resolved: number
        visitorMessages: number
        /** By people who answer */
        agentMessages: number
        /** By API keys: no agent has them among his, and they are no first reply */
        botMessages?: number
        /** From the beginning of a conversation to the first message of a person who answers */
        firstReply: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        /** From the beginning, or from when it was last opened again */
        resolution: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        /** How many ratings had one star, two, …, five */
        stars: Array<number>
      }>
    }
  }
  /** The project's API keys, without the keys themselves */
  'GET /projects/:project/api-keys': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      apiKeys: Array<ApiKey>
    }
  }
  /** Generate an API key; the answer is the only one that ever shows it */
  'POST /projects/:project/api-keys': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        name: string
        scopes: Array<'conversations:read' | 'conversations:write' | 'visitors:read' | 'visitors:export' | 'visitors:ban' | 'visitors:sign_out' | 'visitors:erase' | 'project:read' | 'departments:write' | 'reports:read'>
      }
    }
    answer: {
      id: string
      name: string
      /** The last four characters of it */
      last4: string
      /** What it may do, in its own project and with all of it in sight. No scope includes another */
      scopes: Array<'conversations:read' | 'conversations:write' | 'visitors:read' | 'visitors:export' | 'visitors:ban' | 'visitors:sign_out' | 'visitors:erase' | 'project:read' | 'departments:write' | 'reports:read'>
      createdBy: {
        id: string
        name: string
      } | null
      /** Milliseconds since 1970 */
      createdAt: number
      lastUsedAt: number | null
      /** `sga_…`; shown once */
      key: string
    }
  }
  /** Revoke an API key at once */
  'DELETE /projects/:project/api-keys/:key': {
    input: {
      params: {
        project: string
        key: string
      }
    }
    answer: null
  }
  /** The project's webhooks, without their secrets */
  'GET /projects/:project/webhooks': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
    }
    answer: {
      webhooks: Array<Webhook>
    }
  }
  /** Add a webhook; the answer is the only one that ever shows its secret */
  'POST /projects/:project/webhooks': {
    input: {
      params: {
        /** A project's id or its legacy id */
        project: string
      }
      body: {
        /** An `https://` address of the public internet, without a name or a password */
        url: string
        events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
      }
    }
    answer: {
      id: string
      url: string
      events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
      enabled: boolean
      /** The last four characters of its secret */
      last4: string
      /** Until then the secret before this one signs, too */
      previousSecretUntil: number | null
      /** How many deliveries wait, at most 10,000 */
      waiting: number
      /** Since when none has arrived, and how the latest failed; null while they arrive */
      failing: {
        /** Milliseconds since 1970 */
        since: number
        failure: string
      } | null
      createdBy: {
        id: string
        name: string
      } | null
      /** Milliseconds since 1970 */
      createdAt: number
      /** For `If-Match`: another with each change of what can be changed here. A server of an older version leaves it out. */
      etag?: string
      /** `whsec_…`; shown once */
      secret: string
    }
  }
  /** Change a webhook; while it is off nothing is taken down for it, and what waits goes on waiting */
  'PATCH /projects/:project/webhooks/:webhook': {
    input: {
      params: {
        project: string
        webhook: string
      }
      body: {
        /** An `https://` address of the public internet, without a name or a password */
        url?: string
        events?: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
        enabled?: boolean
      }
    }
    answer: Webhook
  }
  /** Remove a webhook and whatever waits for it */
  'DELETE /projects/:project/webhooks/:webhook': {
    input: {
      params: {
        project: string
        webhook: string
      }
    }
    answer: null
  }
  /** Give a webhook another secret, shown once; the one before signs beside it for a day */
  'POST /projects/:project/webhooks/:webhook/rotate': {
    input: {
      params: {
        project: string
        webhook: string
      }
    }
    answer: {
      id: string
      url: string
      events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
      enabled: boolean
      /** The last four characters of its secret */
      last4: string
      /** Until then the secret before this one signs, too */
      previousSecretUntil: number | null
      /** How many deliveries wait, at most 10,000 */
      waiting: number
      /** Since when none has arrived, and how the latest failed; null while they arrive */
      failing: {
        /** Milliseconds since 1970 */
        since: number
        failure: string
      } | null
      createdBy: {
        id: string
        name: string
      } | null
      /** Milliseconds since 1970 */
      createdAt: number
      /** For `If-Match`: another with each change of what can be changed here. A server of an older version leaves it out. */
      etag?: string
      /** `whsec_…`; shown once */
      secret: string
    }
  }
  /** Send a `webhook.test`, once, also while it is off; its deliveries say what came of it */
  'POST /projects/:project/webhooks/:webhook/test': {
    input: {
      params: {
        project: string
        webhook: string
      }
    }
    answer: Delivery
  }
  /** What was sent, or is to be, the latest first; what arrived stays for 7 days, what did not for 30 */
  'GET /projects/:project/webhooks/:webhook/deliveries': {
    input: {
      params: {
        project: string
        webhook: string
      }
      query: {
        /** The `nextPage` of the page before */
        page?: string
        /** How many at most, 1 to 200; 50 unless it is given */
        limit?: string
      }
    }
    answer: {
      deliveries: Array<Delivery>
      /** What to ask for as `page` to read on; null at the end */
      nextPage: string | null
    }
  }
  /** Send it once more, now; it keeps its webhook-id */
  'POST /projects/:project/webhooks/:webhook/deliveries/:delivery/resend': {
    input: {
      params: {
        project: string
        webhook: string
        delivery: string
      }
    }
    answer: Delivery
  }
}
