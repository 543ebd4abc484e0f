/** Files that are sent along with messages. */
import Type from 'typebox'
import { Attachment, Id, Nullable, Time } from '../records.ts'
import { type Endpoint, Nothing, object, ProjectParams, withoutNul } from './parts.ts'

export const attachmentEndpoints = {
  'POST /projects/:project/attachments': {
    summary:
      'Upload a file, to be sent with a message within a day; the body is its bytes, and its type is what they say',
    caller: 'visitor or agent',
    scope: 'conversations:write',
    params: ProjectParams,
    /** What the file is called: the last part of a path, without what would not show. */
    query: object({ name: Type.Optional(Type.String({ maxLength: 1_000, pattern: withoutNul })) }),
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
    params: object({ project: Type.String({ minLength: 1, maxLength: 64 }), attachment: Id }),
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
      /** Below the server's own address. */
      url: Type.String(),
      thumbnailUrl: Nullable(Type.String()),
      expiresAt: Time,
    }),
  },
  'GET /files/:token': {
    summary: 'The bytes of an attachment: images inline, everything else as a download',
    caller: 'file address',
    params: object({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
    bytes: 'given',
    status: 200,
    refusals: ['link_expired'],
    answer: Nothing,
  },
} as const satisfies Record<string, Endpoint>
