/** Files that are sent along with messages. The messages of a server of an older version have no list of them. */
import Type, { type Static } from 'typebox'
import { closed, Id, Nullable } from './record-parts.ts'

/** What attachments may be; which of them one is, its bytes say. */
export const AttachmentType = Type.Enum([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'application/pdf',
  'text/plain',
])
export type AttachmentType = Static<typeof AttachmentType>

/** A file that is sent along with a message. Its bytes are fetched by a link that is made for each reader. */
export const Attachment = Type.Object(
  {
    id: Id,
    name: Type.String(),
    type: AttachmentType,
    bytes: Type.Integer({ minimum: 1 }),
    /** Of images, in pixels. */
    width: Nullable(Type.Integer({ minimum: 1 })),
    height: Nullable(Type.Integer({ minimum: 1 })),
    /** Is there a small picture of it? */
    thumbnail: Type.Boolean(),
  },
  closed,
)
export type Attachment = Static<typeof Attachment>
