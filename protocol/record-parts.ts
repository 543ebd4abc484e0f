/** What records are made of. */
import Type from 'typebox'

/** The same, with what the OpenAPI document says of it: types have names, but only words tell what is meant. */
export function described<S extends Type.TSchema>(schema: S, description: string): S {
  const parts = Object.getOwnPropertyDescriptors(schema)
  return Object.create(Object.prototype, { ...parts, description: { value: description, enumerable: true } })
}

export const idPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
export const Id = Type.String({ pattern: idPattern })
export const Time = Type.Integer({ minimum: 0, format: 'int64', description: 'Milliseconds since 1970' })
export const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const closed = { additionalProperties: false }

export const Etag = described(
  Type.Optional(Type.String()),
  'For `If-Match`: another with each change of what can be changed here. A server of an older version leaves it out.',
)
