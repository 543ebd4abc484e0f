/** What a person is given who asks what is stored of him, and how much that is. */
import Type, { type Static } from 'typebox'
import { described } from './record-parts.ts'
import { Attachment, Attributes, Conversation, closed, Id, Message, Nullable, Time } from './records.ts'

/** A page of all that is stored of a person. */
export const VisitorExport = Type.Object(
  {
    person: described(
      Nullable(
        Type.Object(
          {
            id: Id,
            externalId: Nullable(Type.String()),
            name: Nullable(Type.String()),
            email: Nullable(Type.String()),
            phone: Nullable(Type.String()),
            attributes: Attributes,
            verifiedAt: Nullable(Time),
            createdAt: Time,
            lastSeenAt: Time,
            mailsRefusedAt: Nullable(Time),
            sessions: Type.Array(
              Type.Object(
                {
                  id: Id,
                  keyId: Nullable(Type.String()),
                  issuedAt: Nullable(Time),
                  verifiedAt: Nullable(Time),
                  createdAt: Time,
                  expiresAt: Time,
                  endedAt: Nullable(Time),
                  endReason: Nullable(Type.String()),
                  address: Nullable(Type.String()),
                },
                closed,
              ),
            ),
            bans: Type.Array(
              Type.Object(
                { id: Id, reason: Nullable(Type.String()), address: Nullable(Type.String()), createdAt: Time },
                closed,
              ),
            ),
            /** What he has uploaded and not sent; what he has sent is with its messages. */
            unsentAttachments: Type.Array(Attachment),
            /** Mails and webhook deliveries about him that are still kept. */
            deliveries: Type.Array(
              Type.Object(
                { id: Id, type: Type.String(), state: Type.String(), createdAt: Time, finishedAt: Nullable(Time) },
                closed,
              ),
            ),
          },
          closed,
        ),
      ),
      'On the first page; null on those that follow',
    ),
    conversations: Type.Array(Type.Object({ conversation: Conversation, messages: Type.Array(Message) }, closed)),
    exportedAt: Time,
    nextPage: Nullable(Type.String()),
  },
  closed,
)
export type VisitorExport = Static<typeof VisitorExport>

/** How much is stored of a person. Numbers go up to 10,001, which means: more than 10,000. */
export const VisitorHoldings = Type.Object(
  {
    id: Id,
    externalId: Nullable(Type.String()),
    name: Nullable(Type.String()),
    email: Nullable(Type.String()),
    createdAt: Time,
    lastSeenAt: Time,
    conversations: Type.Integer({ minimum: 0 }),
    messages: Type.Integer({ minimum: 0 }),
    files: Type.Integer({ minimum: 0 }),
  },
  closed,
)
export type VisitorHoldings = Static<typeof VisitorHoldings>
