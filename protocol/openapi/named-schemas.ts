/** The records under their names, so that the document says each of them once. */
import { ApiKey, AuditEntry, Ban, PublicKey, SignInRefusal, TokenCheck } from '../admin-records.ts'
import { Delivery, Webhook } from '../endpoints/webhooks.ts'
import { OpeningHours } from '../opening-hours.ts'
import { idPattern } from '../record-parts.ts'
import * as records from '../records.ts'
import { VisitorHoldings } from '../visitor-export.ts'
import { WidgetSettings } from '../widget-settings.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const named: Record<string, object> = {
  Agent: records.Agent,
  ApiKey,
  Attachment: records.Attachment,
  AuditEntry,
  Author: records.Author,
  Ban,
  Conversation: records.Conversation,
  Delivery,
  Department: records.Department,
  Failure: records.Failure,
  Invitation: records.Invitation,
  Member: records.Member,
  Membership: records.Membership,
  Message: records.Message,
  OpeningHours,
  Project: records.Project,
  ProjectFace: records.ProjectFace,
  PublicKey,
  SharedSecret: records.SharedSecret,
  SignInRefusal,
  TokenCheck,
  Verification: records.Verification,
  Visitor: records.Visitor,
  VisitorConversation: records.VisitorConversation,
  VisitorHoldings,
  VisitorSelf: records.VisitorSelf,
  Webhook,
  WidgetSettings,
}

/** Taken as well as given: unknown fields are refused. */
const taken = ['OpeningHours', 'WidgetSettings']

const nameOf = new Map(Object.entries(named).map(([name, schema]) => [JSON.stringify(schema), name]))

/** A schema as plain JSON, with a reference wherever a record stands. */
export function withReferences(schema: object): Json {
  return refer(plain(schema))
}

/** What Signet gives: of a version to come it may have more fields. */
export function growing(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(growing)
  if (schema === null || typeof schema !== 'object') return schema
  const parts = Object.entries(schema).filter(([name, part]) => name !== 'additionalProperties' || part !== false)
  return Object.fromEntries(parts.map(([name, part]) => [name, growing(part)]))
}

export function namedSchemas(): Record<string, Json> {
  const schemas = Object.entries(named).map(([name, schema]): [string, Json] => [name, inside(plain(schema))])
  return Object.fromEntries(schemas.map(([name, schema]) => [name, taken.includes(name) ? schema : growing(schema)]))
}

function refer(value: Json): Json {
  const name = nameOf.get(JSON.stringify(value))
  return name === undefined ? inside(value) : { $ref: `#/components/schemas/${name}` }
}

function inside(value: Json): Json {
  if (Array.isArray(value)) return value.map(refer)
  if (value === null || typeof value !== 'object') return value
  const parts = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, refer(part)]))
  // Said to whoever makes types of it; the pattern is what checks.
  return value.pattern === idPattern ? { ...parts, format: 'uuid' } : parts
}

function plain(schema: object): Json {
  return JSON.parse(JSON.stringify(schema))
}
