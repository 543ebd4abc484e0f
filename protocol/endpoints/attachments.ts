/** Files that are sent along with messages. */
import Type from 'typebox'
import { described } from '../record-parts.ts'
import { Attachment, Id, Nullable, Time } from '../records.ts'
import { type Endpoint, Nothing, object, ProjectOfPage, ProjectParams, withoutNul } from './parts.ts'

export const attachmentEndpoints = {
  'POST /projects/:project/attachments': {
    summary:
      'Upload a file, to be sent with a message within a day; the body is its bytes, and its type is what they say',
    more: 'PNG, JPEG, WebP, GIF, PDF and UTF-8 text, at most 10 MiB, which arrive within two minutes. Whatever `Content-Type` says is not looked at.',
    caller: 'visitor or agent',
    scope: 'conversations:write',
    params: ProjectParams,
    query: object({
      name: described(
        Type.Optional(Type.String({ maxLength: 1_000, pattern: withoutNul })),
        'What the file is called: of a path the last part, without what would not show',
      ),
    }),
    bytes: 'taken',
    status: 201,
    refusals: [
      'attachment_empty',
      'attachment_quota_exceeded',
      'upload_too_slow',
      'attachment_too_large',
      'attachment_type_not_allowed',
      'image_too_large',
      'image_unreadable',
      'rate_limited',
    ],
    answer: Attachment,
  },
  'DELETE /projects/:project/attachments/:attachment': {
    summary: 'Take back what one has uploaded oneself and not sent',
    caller: 'visitor or agent',
    params: object({ project: ProjectOfPage, attachment: Id }),
    status: 204,
    answer: Nothing,
  },
  'POST /attachments/:attachment/link': {
    summary: 'Addresses to fetch an attachment from, good for five minutes and only while its reader may see it',
    caller: 'visitor or agent',
    scope: 'conversations:read',
    params: object({ attachment: Id }),
    status: 200,
    answer: object({
      url: described(Type.String(), "A path below the server's own address"),
      thumbnailUrl: described(Nullable(Type.String()), 'Of a small picture of it, if there is one'),
      expiresAt: Time,
    }),
  },
  'GET /files/:token': {
    summary:
      'The bytes of an attachment: images inline, everything else as a download; an address on the net fetches 1,000 at once and 3,000 a minute',
    caller: 'file address',
    params: object({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
    bytes: 'given',
    status: 200,
    refusals: ['link_expired', 'rate_limited'],
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
