/** Files that are sent along with messages. The messages of a server of an older version have no list of them. */
import Type, { type Static } from 'typebox'
import { closed, described, Id, Nullable } from './record-parts.ts'

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

export const Attachment = Type.Object(
  {
    id: Id,
    name: Type.String(),
    type: AttachmentType,
    bytes: Type.Integer({ minimum: 1 }),
    width: described(Nullable(Type.Integer({ minimum: 1 })), 'Of images, in pixels'),
    height: Nullable(Type.Integer({ minimum: 1 })),
    thumbnail: described(Type.Boolean(), 'Is there a small picture of it?'),
  },
  {
    ...closed,
    description:
      'A file that is sent along with a message; its bytes are fetched by a link that is made for each reader',
  },
)
export type Attachment = Static<typeof Attachment>
