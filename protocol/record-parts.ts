/** What records are made of. */
import Type from 'typebox'

export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
export const Time = Type.Integer({ minimum: 0, description: 'Milliseconds since 1970' })
export const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const closed = { additionalProperties: false }

/** Another with each change of what can be changed here; `If-Match` takes it. A server of an older version leaves it out. */
export const Etag = Type.Optional(Type.String({ description: 'For `If-Match`: another with each change' }))
