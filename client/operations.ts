// Made by scripts/build-client.ts from the OpenAPI document; not to be edited.

export type Agent = {
  id: string
  name: string
  email: string
}

export type ApiKey = {
  id: string
  name: string
  last4: string
  scopes: Array<'conversations:read' | 'conversations:write' | 'visitors:read' | 'visitors:export' | 'visitors:ban' | 'visitors:sign_out' | 'visitors:erase' | 'project:read' | 'departments:write'>
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
  width: number | null
  height: number | null
  thumbnail: boolean
}

export type AuditEntry = {
  id: string
  /** Milliseconds since 1970 */
  at: number
  agent: {
    id: string
    name: string
  } | null
  action: string
  detail: Record<string, unknown>
  address: string
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
  version: number
  state: 'open' | 'snoozed' | 'resolved'
  visitor: Visitor
  assignee: {
    id: string
    name: string
  } | null
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
  tags: Array<string>
  lastSeq: number
  visitorReadSeq: number
  agentReadSeq: number
  lastMessage: Message | null
  waitingSince: number | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  lastActivityAt: number
  /** For `If-Match`: another with each change */
  etag?: string
}

export type Department = {
  id: string
  name: string
  legacyId: string | null
  agentIds: Array<string>
  /** For `If-Match`: another with each change */
  etag?: string
}

export type Failure = {
  error: {
    code: string
    message: string
    field?: string
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
  clientId: string
  conversationId: string
  seq: number | null
  author: {
    kind: 'visitor' | 'agent' | 'system'
    id: string | null
    name: string | null
  }
  verification: Verification | null
  kind: 'text' | 'note' | 'system'
  text: string
  attributes: Record<string, unknown>
  attachments: Array<Attachment>
  /** Milliseconds since 1970 */
  createdAt: number
}

export type Project = {
  id: string
  name: string
  legacyId: string | null
  enforcement: 'off' | 'report' | 'required'
  allowedOrigins: Array<string>
  verifiedSessionSeconds: number
  anonymousCarryOver: 'always' | 'ask' | 'never'
  singleUseTokens: boolean
  widget: {
    themeColor?: string
    align?: 'left' | 'right'
    widgetTitle?: string
    welcomeTitle?: string
    welcomeMsg?: string
    logoChat?: string
    launcherImage?: string
    launcherShape?: 'round' | 'rounded' | 'square'
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
  openingHours: {
    timeZone: string
    intervals: Array<{
      day: number
      from: string
      to: string
    }>
    awayMessage: string | null
  } | null
  siteUrl: string | null
  retentionDays: number | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** For `If-Match`: another with each change */
  etag?: string
}

export type ProjectFace = {
  id: string
  name: string
  widget: {
    themeColor?: string
    align?: 'left' | 'right'
    widgetTitle?: string
    welcomeTitle?: string
    welcomeMsg?: string
    logoChat?: string
    launcherImage?: string
    launcherShape?: 'round' | 'rounded' | 'square'
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
  /** Milliseconds since 1970 */
  createdAt: number
}

export type PublicKey = {
  id: string
  algorithm: 'ES256' | 'EdDSA' | 'RS256' | null
  kid: string | null
  jwks: {
    url: string
    fetchedAt: number | null
    keys: number
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
  last4: string
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
  sessions: number
  connected: number
  signInsLastDay: number
  signInsLastWeek: number
}

export type SignInRefusal = {
  id: string
  /** Milliseconds since 1970 */
  at: number
  code: string
  field: string | null
  hint: string | null
  keyId: string | null
  origin: string | null
}

export type TokenCheck = {
  accepted: boolean
  rules: Array<{
    rule: string
    outcome: 'passed' | 'failed' | 'skipped'
    code?: string
    field?: string
    hint?: string
  }>
  visitor: {
    externalId: string
    name: string | null
    email: string | null
  } | null
}

export type Verification = {
  keyId: string
  /** The token's iat, in milliseconds */
  issuedAt: number
  /** Milliseconds since 1970 */
  verifiedAt: number
}

export type Visitor = {
  id: string
  externalId: string | null
  name: string | null
  email: string | null
  phone: string | null
  attributes: Record<string, unknown>
  identity: 'verified' | 'verified_earlier' | 'claimed' | 'anonymous'
  verification: {
    keyId: string
    keyLast4: string
    /** Milliseconds since 1970 */
    verifiedAt: number
    /** When the newest verified session runs out */
    expiresAt: number
  } | null
  notVerifiedAs: string | null
  banned: boolean
  online: boolean
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  lastSeenAt: number
}

export type VisitorConversation = {
  id: string
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
  lastSeq: number
  visitorReadSeq: number
  agentReadSeq: number
  lastMessage: Message | null
  /** Milliseconds since 1970 */
  createdAt: number
  /** Milliseconds since 1970 */
  lastActivityAt: number
}

export type VisitorSelf = {
  id: string
  externalId: string | null
  name: string | null
  email: string | null
  verified: boolean
}

/** By method and path: what goes in, and what comes back when nothing is refused. */
export interface Operations {
  /** Is this installation waiting for its first owner? */
  'GET /setup': {
    input: unknown
    answer: {
      needed: boolean
      codeRequired: boolean
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
        project: string
      }
    }
    answer: Project | ProjectFace
  }
  /** Change settings of a project */
  'PATCH /projects/:project': {
    input: {
      params: {
        project: string
      }
      body: {
        name?: string
        enforcement?: 'off' | 'report' | 'required'
        override?: boolean
        allowedOrigins?: Array<string>
        legacyId?: string | null
        verifiedSessionSeconds?: number
        anonymousCarryOver?: 'always' | 'ask' | 'never'
        singleUseTokens?: boolean
        widget?: {
          themeColor?: string
          align?: 'left' | 'right'
          widgetTitle?: string
          welcomeTitle?: string
          welcomeMsg?: string
          logoChat?: string
          launcherImage?: string
          launcherShape?: 'round' | 'rounded' | 'square'
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
        openingHours?: {
          timeZone: string
          intervals: Array<{
            day: number
            from: string
            to: string
          }>
          awayMessage: string | null
        } | null
        retentionDays?: number | null
        siteUrl?: string | null
      }
    }
    answer: Project
  }
  /** Who would be refused if signing in were required? */
  'GET /projects/:project/enforcement': {
    input: {
      params: {
        project: string
      }
    }
    answer: {
      lastSignInAt: number | null
      days: number
      signedIn: number
      anonymous: number
    }
  }
  /** How many conversations have rested for so many days, and would go at once if no more were kept? */
  'GET /projects/:project/retention': {
    input: {
      params: {
        project: string
      }
      query: {
        days: string
      }
    }
    answer: {
      conversations: number
    }
  }
  /** What the widget must know before anybody signs in */
  'GET /projects/:project/widget': {
    input: {
      params: {
        project: string
      }
    }
    answer: {
      project: string
      name: string
      enforcement: 'off' | 'report' | 'required'
      settings: {
        themeColor?: string
        align?: 'left' | 'right'
        widgetTitle?: string
        welcomeTitle?: string
        welcomeMsg?: string
        logoChat?: string
        launcherImage?: string
        launcherShape?: 'round' | 'rounded' | 'square'
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
      agents: Array<string>
      hours: {
        open: boolean
        opensAt: number | null
        message: string | null
      }
      departments: Array<{
        id: string
        name: string
        legacyId: string | null
      }>
      replySeconds: number | null
    }
  }
  /** Has a signed visitor arrived yet? */
  'GET /projects/:project/installation': {
    input: {
      params: {
        project: string
      }
    }
    answer: {
      lastSignIn: {
        at: number
        name: string | null
      } | null
    }
  }
  /** The project's shared secrets, without the secrets themselves */
  'GET /projects/:project/shared-secrets': {
    input: {
      params: {
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
        project: string
      }
      body: {
        previous?: 'revoke' | 'retire' | 'keep'
        graceSeconds?: number
      }
    }
    answer: {
      id: string
      last4: string
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
      sessions: number
      connected: number
      signInsLastDay: number
      signInsLastWeek: number
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
        graceSeconds: number
      }
    }
    answer: null
  }
  /** The project's public keys and JWKS addresses */
  'GET /projects/:project/public-keys': {
    input: {
      params: {
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
        project: string
      }
      body: {
        pem: string
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
        project: string
      }
      body: {
        token: string
        verifier?: string
      }
    }
    answer: TokenCheck
  }
  /** Sign-ins that were refused in the last 30 days, the latest first, at most 1,000 */
  'GET /projects/:project/sign-in-log': {
    input: {
      params: {
        project: string
      }
      query: {
        page?: string
        limit?: string
      }
    }
    answer: {
      refusals: Array<SignInRefusal>
      nextPage: string | null
    }
  }
  /** Who changed keys, enforcement, origins, roles and bans, the latest first */
  'GET /projects/:project/audit-log': {
    input: {
      params: {
        project: string
      }
      query: {
        page?: string
        limit?: string
      }
    }
    answer: {
      entries: Array<AuditEntry>
      nextPage: string | null
    }
  }
  /** Exchange a visitor token for a session; without a token the session is anonymous */
  'POST /projects/:project/visitor-sessions': {
    input: {
      params: {
        project: string
      }
      body: {
        token?: string
        verifier?: string
        previousSession?: string
        claims?: {
          name?: string
          email?: string
        }
      }
    }
    answer: {
      session: string
      expiresAt: number
      visitor: VisitorSelf
      conversations: number
      unread: number
      carryOver: {
        conversations: number
      } | null
    }
  }
  /** Sign a person out everywhere, within a second */
  'DELETE /projects/:project/visitor-sessions': {
    input: {
      params: {
        project: string
      }
      query: {
        externalId: string
      }
    }
    answer: {
      ended: number
    }
  }
  /** Is my session still good, and is anything unread? */
  'GET /visitor-session': {
    input: unknown
    answer: {
      expiresAt: number
      visitor: VisitorSelf
      conversations: number
      unread: number
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
        project: string
      }
      query: {
        state?: 'open' | 'snoozed' | 'resolved'
        assignee?: string
        department?: string
        text?: string
        page?: string
        limit?: string
      }
    }
    answer: {
      conversations: Array<Conversation | VisitorConversation>
      matches?: Array<{
        conversationId: string
        messageId: string
        kind: 'text' | 'note'
        author: {
          kind: 'visitor' | 'agent' | 'system'
          id: string | null
          name: string | null
        }
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
        assigneeId?: string | null
        departmentId?: string | null
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
  /** Messages in order: the latest, those after `after`, or those before the message `before` */
  'GET /conversations/:conversation/messages': {
    input: {
      params: {
        conversation: string
      }
      query: {
        after?: string
        before?: string
        limit?: string
      }
    }
    answer: {
      messages: Array<Message>
      more: boolean
    }
  }
  /** Write a message, or an agents-only note */
  'POST /conversations/:conversation/messages': {
    input: {
      params: {
        conversation: string
      }
      body: {
        clientId: string
        text: string
        attributes?: Record<string, unknown>
        attachmentIds?: Array<string>
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
        page?: string
      }
    }
    answer: {
      conversation: Conversation | VisitorConversation
      messages: Array<Message>
      /** Milliseconds since 1970 */
      exportedAt: number
      nextPage: string | null
    }
  }
  /** Upload a file, to be sent with a message within a day; the body is its bytes, and its type is what they say */
  'POST /projects/:project/attachments': {
    input: {
      params: {
        project: string
      }
      query: {
        name?: string
      }
    }
    answer: Attachment
  }
  /** Take back what one has uploaded oneself and not sent */
  'DELETE /projects/:project/attachments/:attachment': {
    input: {
      params: {
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
      url: string
      thumbnailUrl: string | null
      /** Milliseconds since 1970 */
      expiresAt: number
    }
  }
  /** The bytes of an attachment: images inline, everything else as a download */
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
        project: string
      }
      query: {
        page?: string
        limit?: string
      }
    }
    answer: {
      members: Array<Member>
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
        project: string
      }
      query: {
        page?: string
        limit?: string
      }
    }
    answer: {
      invitations: Array<Invitation>
      nextPage: string | null
    }
  }
  /** Invite somebody; the link is in this answer, and in a mail to him where mail is set up */
  'POST /projects/:project/invitations': {
    input: {
      params: {
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
      link: string
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
        project: string
      }
      query: {
        page?: string
        limit?: string
      }
    }
    answer: {
      bans: Array<Ban>
      nextPage: string | null
    }
  }
  /** Ban a visitor: he is signed out within a second and not let in again */
  'POST /projects/:project/bans': {
    input: {
      params: {
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
        project: string
      }
      query: {
        externalId: string
      }
    }
    answer: {
      visitors: Array<{
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
      }>
    }
  }
  /** Erase a person by his external id */
  'DELETE /projects/:project/visitors': {
    input: {
      params: {
        project: string
      }
      query: {
        externalId: string
      }
    }
    answer: {
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
    answer: {
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
        page?: string
      }
    }
    answer: {
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
        project: string
      }
      query: {
        from: string
        to: string
        timeZone?: string
      }
    }
    answer: {
      from: string
      to: string
      timeZone: string
      total: {
        opened: number
        verified: number
        resolved: number
        visitorMessages: number
        agentMessages: number
        firstReply: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        resolution: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        stars: Array<number>
      }
      days: Array<{
        day: string
        opened: number
        resolved: number
        visitorMessages: number
        agentMessages: number
      }>
      agents: Array<{
        id: string
        name: string | null
        opened: number
        verified: number
        resolved: number
        visitorMessages: number
        agentMessages: number
        firstReply: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        resolution: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        stars: Array<number>
      }>
      departments: Array<{
        id: string | null
        name: string | null
        opened: number
        verified: number
        resolved: number
        visitorMessages: number
        agentMessages: number
        firstReply: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        resolution: {
          count: number
          medianMs: number
          ninthMs: number
        } | null
        stars: Array<number>
      }>
    }
  }
  /** The project's API keys, without the keys themselves */
  'GET /projects/:project/api-keys': {
    input: {
      params: {
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
        project: string
      }
      body: {
        name: string
        scopes: Array<'conversations:read' | 'conversations:write' | 'visitors:read' | 'visitors:export' | 'visitors:ban' | 'visitors:sign_out' | 'visitors:erase' | 'project:read' | 'departments:write'>
      }
    }
    answer: {
      id: string
      name: string
      last4: string
      scopes: Array<'conversations:read' | 'conversations:write' | 'visitors:read' | 'visitors:export' | 'visitors:ban' | 'visitors:sign_out' | 'visitors:erase' | 'project:read' | 'departments:write'>
      createdBy: {
        id: string
        name: string
      } | null
      /** Milliseconds since 1970 */
      createdAt: number
      lastUsedAt: number | null
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
        project: string
      }
    }
    answer: {
      webhooks: Array<{
        id: string
        url: string
        events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
        enabled: boolean
        last4: string
        previousSecretUntil: number | null
        waiting: number
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
        /** For `If-Match`: another with each change */
        etag?: string
      }>
    }
  }
  /** Add a webhook; the answer is the only one that ever shows its secret */
  'POST /projects/:project/webhooks': {
    input: {
      params: {
        project: string
      }
      body: {
        url: string
        events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
      }
    }
    answer: {
      id: string
      url: string
      events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
      enabled: boolean
      last4: string
      previousSecretUntil: number | null
      waiting: number
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
      /** For `If-Match`: another with each change */
      etag?: string
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
        url?: string
        events?: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
        enabled?: boolean
      }
    }
    answer: {
      id: string
      url: string
      events: Array<'conversation.opened' | 'conversation.assigned' | 'conversation.resolved' | 'message.added' | 'visitor.verified' | 'key.rotated'>
      enabled: boolean
      last4: string
      previousSecretUntil: number | null
      waiting: number
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
      /** For `If-Match`: another with each change */
      etag?: string
    }
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
      last4: string
      previousSecretUntil: number | null
      waiting: number
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
      /** For `If-Match`: another with each change */
      etag?: string
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
    answer: {
      id: string
      type: string
      state: 'waiting' | 'delivered' | 'given_up'
      attempts: number
      status: number | null
      failure: string | null
      /** Milliseconds since 1970 */
      createdAt: number
      triedAt: number | null
      nextTryAt: number | null
    }
  }
  /** What was sent, or is to be, the latest first; what arrived stays for 7 days, what did not for 30 */
  'GET /projects/:project/webhooks/:webhook/deliveries': {
    input: {
      params: {
        project: string
        webhook: string
      }
      query: {
        page?: string
        limit?: string
      }
    }
    answer: {
      deliveries: Array<{
        id: string
        type: string
        state: 'waiting' | 'delivered' | 'given_up'
        attempts: number
        status: number | null
        failure: string | null
        /** Milliseconds since 1970 */
        createdAt: number
        triedAt: number | null
        nextTryAt: number | null
      }>
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
    answer: {
      id: string
      type: string
      state: 'waiting' | 'delivered' | 'given_up'
      attempts: number
      status: number | null
      failure: string | null
      /** Milliseconds since 1970 */
      createdAt: number
      triedAt: number | null
      nextTryAt: number | null
    }
  }
}
