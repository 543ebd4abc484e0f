/** Projects and their settings. */
import Type from 'typebox'
import { HoursNow, OpeningHours } from '../opening-hours.ts'
import { described } from '../record-parts.ts'
import { Enforcement, Id, Nullable, Project, ProjectFace, Time } from '../records.ts'
import { WidgetSettings } from '../widget-settings.ts'
import { closed, type Endpoint, object, ProjectName, ProjectParams } from './parts.ts'

const ProjectForRole = Type.Union([Project, ProjectFace])

export const projectEndpoints = {
  'GET /projects': {
    summary: "The caller's projects",
    caller: 'agent',
    status: 200,
    answer: object({ projects: Type.Array(ProjectForRole) }),
  },
  'POST /projects': {
    summary: 'Make another project, with the caller as its owner',
    caller: 'agent',
    body: object({ name: ProjectName }),
    status: 201,
    answer: Project,
  },
  'GET /projects/:project': {
    summary: 'One project; with its settings for owners and admins',
    caller: 'agent',
    scope: 'project:read',
    params: ProjectParams,
    status: 200,
    versioned: true,
    answer: ProjectForRole,
  },
  'PATCH /projects/:project': {
    summary: 'Change settings of a project',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    body: Type.Partial(
      object({
        name: ProjectName,
        enforcement: Enforcement,
        override: described(Type.Boolean(), 'Require signing in although nobody has in the last 7 days'),
        allowedOrigins: Type.Array(Type.String({ maxLength: 255, pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^/\\s?#]+$' }), {
          maxItems: 100,
        }),
        legacyId: Type.Union([Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), Type.Null()]),
        verifiedSessionSeconds: Type.Integer({ minimum: 600, maximum: 30 * 86_400 }),
        anonymousCarryOver: Type.Enum(['always', 'ask', 'never']),
        singleUseTokens: Type.Boolean(),
        widget: WidgetSettings,
        openingHours: Nullable(OpeningHours),
        retentionDays: described(
          Nullable(Type.Integer({ minimum: 1, maximum: 3_650 })),
          'So many days after the last activity a conversation is erased; null: never',
        ),
        siteUrl: described(
          Nullable(Type.String({ maxLength: 500, pattern: '^https?://[^\\s\\0]+$' })),
          'The page that mails lead a visitor back to; without one none are sent to him',
        ),
      }),
      closed,
    ),
    status: 200,
    versioned: true,
    refusals: ['no_recent_sign_in', 'legacy_id_taken', 'time_zone_unknown', 'hours_invalid', 'form_invalid'],
    answer: Project,
  },
  'GET /projects/:project/enforcement': {
    summary: 'Who would be refused if signing in were required?',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    status: 200,
    answer: object({
      lastSignInAt: described(Nullable(Time), 'The latest sign-in with a token that is still remembered'),
      days: described(
        Type.Integer(),
        'Over so many days: sessions that a token opened or renewed, and anonymous ones that were in use',
      ),
      signedIn: Type.Integer(),
      anonymous: Type.Integer(),
    }),
  },
  'GET /projects/:project/retention': {
    summary: 'How many conversations have rested for so many days, and would go at once if no more were kept?',
    caller: 'agent',
    forAdmins: true,
    params: ProjectParams,
    query: object({ days: Type.String({ pattern: '^[1-9][0-9]{0,3}$' }) }),
    status: 200,
    answer: object({
      conversations: described(Type.Integer({ minimum: 0 }), 'Up to 10,001, which means: more than 10,000'),
    }),
  },
  'GET /projects/:project/widget': {
    summary: 'What the widget must know before anybody signs in',
    caller: 'host page',
    params: ProjectParams,
    status: 200,
    answer: object({
      project: Id,
      name: Type.String(),
      enforcement: Enforcement,
      settings: WidgetSettings,
      agents: described(Type.Array(Type.String()), 'First names of agents who are online, at most five'),
      hours: HoursNow,
      departments: described(
        Type.Array(object({ id: Id, name: Type.String(), legacyId: Nullable(Type.String()) })),
        "What a visitor may choose from, by name; `legacyId` is what a page's departmentID may say instead",
      ),
      replySeconds: described(
        Nullable(Type.Integer({ minimum: 0 })),
        'How long the first answer of the last days took, as a median; null while too few are known',
      ),
    }),
  },
  'GET /projects/:project/installation': {
    summary: 'Has a signed visitor arrived yet?',
    caller: 'agent',
    params: ProjectParams,
    status: 200,
    answer: object({
      lastSignIn: Nullable(object({ at: Time, name: Nullable(Type.String()) })),
    }),
  },
} as const satisfies Record<string, Endpoint>
