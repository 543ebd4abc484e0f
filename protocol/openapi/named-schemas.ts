/** The records under their names, so that the document says each of them once. */
import { ApiKey, AuditEntry, Ban, PublicKey, SignInRefusal, TokenCheck } from '../admin-records.ts'
import * as records from '../records.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const named: Record<string, object> = {
  Agent: records.Agent,
  ApiKey,
  Attachment: records.Attachment,
  AuditEntry,
  Ban,
  Conversation: records.Conversation,
  Department: records.Department,
  Failure: records.Failure,
  Invitation: records.Invitation,
  Member: records.Member,
  Membership: records.Membership,
  Message: records.Message,
  Project: records.Project,
  ProjectFace: records.ProjectFace,
  PublicKey,
  SharedSecret: records.SharedSecret,
  SignInRefusal,
  TokenCheck,
  Verification: records.Verification,
  Visitor: records.Visitor,
  VisitorConversation: records.VisitorConversation,
  VisitorSelf: records.VisitorSelf,
}

const nameOf = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]))

/** A schema as plain JSON, with a reference wherever a record stands. */
export function withReferences(schema: object): Json {
  return refer(plain(schema))
}

export function namedSchemas(): Record<string, Json> {
  return Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, inside(plain(schema))]))
}

function refer(value: Json): Json {
  const name = nameOf.get(JSON.stringify(value))
  return name === undefined ? inside(value) : { $ref: `#/components/schemas/${name}` }
}

function inside(value: Json): Json {
  if (Array.isArray(value)) return value.map(refer)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, refer(part)]))
}

function plain(schema: object): Json {
  return JSON.parse(JSON.stringify(schema))
}
