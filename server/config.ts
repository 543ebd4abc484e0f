/**
 * The environment, read once and decided: every option is checked here, and a wrong one stops the start with one
 * sentence that names it (HT4).
 */
import { resolve } from 'node:path'

export interface Config {
  port: number
  host: string
  dataDir: string
  /** The address people type, without a slash at its end; undefined until the port is known. */
  publicUrl: string | undefined
  masterKey: Uint8Array | undefined
  /** The one that the master key is being rotated to. */
  nextMasterKey: Uint8Array | undefined
  /** PostgreSQL instead of the file in `dataDir`; with Redis, this process is one node of many. */
  databaseUrl: string | undefined
  redisUrl: string | undefined
  /** The mail server, and who mails are from; without one none are sent. */
  smtpUrl: string | undefined
  mailFrom: string | undefined
  /** Where attachments are kept instead of the data folder. */
  files: Bucket | undefined
  /** What the attachments of one project may take up, in MB. */
  attachmentMbPerProject: number
  trustProxy: boolean
  logLevel: LogLevel
  /** Who reads /metrics brings it; without one, only this machine itself may read them. */
  metricsToken: string | undefined
  /** Where spans are sent to; without one there are none. */
  otlpEndpoint: string | undefined
  /** The share of traces that are kept, from 0 to 1. */
  tracesKept: number
  /** DL7's limits on messages of one visitor. */
  messagesPerMinute: number
  messageBurst: number
  /** VS14's limits on new anonymous sessions from one address. */
  anonymousPerMinute: number
  anonymousBurst: number
  /** What one agent or one API key may ask for over HTTP (HT2). */
  requestsPerMinute: number
  requestBurst: number
}

/** A bucket that speaks S3. */
export interface Bucket {
  bucket: string
  /** Before the names of all files: empty, or with a slash at its end. */
  prefix: string
  /** Undefined: Amazon's own. */
  endpoint: string | undefined
  region: string
  /** Undefined: what the machine itself may do. */
  keys: { id: string; secret: string } | undefined
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

export class ConfigError extends Error {
  override name = 'ConfigError'
}

type Environment = Record<string, string | undefined>

export function readConfig(environment: Environment): Config {
  const config = readOptions(environment)
  if (config.redisUrl && !config.databaseUrl) {
    throw new ConfigError('REDIS_URL connects several nodes over one PostgreSQL: set DATABASE_URL, too.')
  }
  if (config.databaseUrl && !config.masterKey) {
    // A key file would lie on one node only.
    throw new ConfigError('With DATABASE_URL the master key must be given: set SIGNET_MASTER_KEY.')
  }
  if (config.smtpUrl && !config.mailFrom) {
    throw new ConfigError('With SMTP_URL mails must be from somebody: set MAIL_FROM, such as chat@example.com.')
  }
  if (config.nextMasterKey && !config.masterKey) {
    throw new ConfigError('SIGNET_MASTER_KEY_NEXT is the other key of a rotation: set SIGNET_MASTER_KEY, too.')
  }
  return config
}

/** What may be meant, or forgotten: sentences for the log of the start. */
export function warningsOf({ redisUrl, files, dataDir }: Config): string[] {
  if (redisUrl === undefined || files !== undefined) return []
  return [`Files are kept in ${dataDir}: every node must have that very folder, or a bucket, named by FILES_URL.`]
}

function readOptions(environment: Environment): Config {
  return {
    port: wholeNumber(environment, 'PORT', 4000, 0, 65_535),
    host: text(environment, 'HOST') ?? '127.0.0.1',
    dataDir: resolve(text(environment, 'DATA_DIR') ?? 'data'),
    publicUrl: publicUrl(environment),
    masterKey: masterKey(environment, 'SIGNET_MASTER_KEY'),
    nextMasterKey: masterKey(environment, 'SIGNET_MASTER_KEY_NEXT'),
    databaseUrl: address(environment, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    redisUrl: address(environment, 'REDIS_URL', ['redis:', 'rediss:'], numbered),
    smtpUrl: address(environment, 'SMTP_URL', ['smtp:', 'smtps:'], named),
    mailFrom: mailFrom(environment),
    files: bucket(environment),
    attachmentMbPerProject: wholeNumber(environment, 'ATTACHMENT_MB_PER_PROJECT', 10_240, 1, 1_000_000_000),
    trustProxy: flag(environment, 'TRUST_PROXY'),
    logLevel: oneOf(environment, 'LOG_LEVEL', logLevels, 'warn'),
    metricsToken: token(environment, 'METRICS_TOKEN'),
    otlpEndpoint: address(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']),
    tracesKept: share(environment, 'OTEL_TRACES_SAMPLER_ARG', 1),
    messagesPerMinute: wholeNumber(environment, 'MESSAGES_PER_MINUTE', 60, 1, 1_000_000_000),
    messageBurst: wholeNumber(environment, 'MESSAGE_BURST', 30, 1, 1_000_000_000),
    anonymousPerMinute: wholeNumber(environment, 'ANONYMOUS_PER_MINUTE', 20, 1, 1_000_000_000),
    anonymousBurst: wholeNumber(environment, 'ANONYMOUS_BURST', 30, 1, 1_000_000_000),
    requestsPerMinute: wholeNumber(environment, 'REQUESTS_PER_MINUTE', 1_200, 1, 1_000_000_000),
    requestBurst: wholeNumber(environment, 'REQUEST_BURST', 600, 1, 1_000_000_000),
  }
}

function text(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value === '' ? undefined : value
}

function wholeNumber(environment: Environment, name: string, otherwise: number, least: number, most: number): number {
  const value = text(environment, name)
  if (value === undefined) return otherwise
  const number = Number(value)
  if (!/^[0-9]+$/.test(value) || number < least || number > most) {
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, not "${value}".`)
  }
  return number
}

function share(environment: Environment, name: string, otherwise: number): number {
  const value = text(environment, name)
  if (value === undefined) return otherwise
  if (!/^(0|1|0?\.[0-9]+|1\.0+)$/.test(value)) {
    throw new ConfigError(`${name} must be a number from 0 to 1, not "${value}".`)
  }
  return Number(value)
}

function flag(environment: Environment, name: string): boolean {
  return oneOf(environment, name, ['true', 'false'] as const, 'false') === 'true'
}

function oneOf<Choice extends string>(
  environment: Environment,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  const value = text(environment, name)
  if (value === undefined) return otherwise
  const choice = choices.find((candidate) => candidate === value)
  if (!choice) throw new ConfigError(`${name} must be one of ${choices.join(', ')}, not "${value}".`)
  return choice
}

function publicUrl(environment: Environment): string | undefined {
  const value = text(environment, 'PUBLIC_URL')
  if (value === undefined) return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  const plain = url && (url.protocol === 'http:' || url.protocol === 'https:') && url.pathname === '/' && !url.search
  if (!url || !plain || url.hash || url.username || url.password) {
    throw new ConfigError(`PUBLIC_URL must be an address such as https://chat.example.com, not "${value}".`)
  }
  return url.origin
}

/** An address, or a name and an address: Shop chat <chat@example.com>. */
function mailFrom(environment: Environment): string | undefined {
  const value = text(environment, 'MAIL_FROM')
  if (value === undefined || /^(?:[^<>@,"\p{Cc}]+ <[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/u.test(value))
    return value
  throw new ConfigError(`MAIL_FROM must be an address such as Shop chat <chat@example.com>, not "${value}".`)
}

/** What a whole address must look like, and the end of the sentence that says so. */
type Shape = readonly [RegExp, string]
const named: Shape = [/^\w+:\/\/[^/]/, ' and names the server']
const numbered: Shape = [/^\w+:\/\/[^/]*(\/[0-9]*)?$/, ' and ends there or in the number of a database']

/** The address of a server. It may hold a password, so it is not echoed. */
function address(environment: Environment, name: string, protocols: string[], shape?: Shape): string | undefined {
  const value = text(environment, name)
  if (value === undefined) return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url && protocols.includes(url.protocol) && (shape?.[0].test(url.href) ?? true)) return value
  const begins = protocols.map((protocol) => `${protocol}//`).join(' or ')
  throw new ConfigError(`${name} must be an address that begins with ${begins}${shape?.[1] ?? ''}.`)
}

/** s3://bucket/folder?endpoint=https://s3.example.com&region=eu-central-1, with the keys that S3's own tools read. */
function bucket(environment: Environment): Bucket | undefined {
  const value = address(environment, 'FILES_URL', ['s3:'])
  const id = text(environment, 'AWS_ACCESS_KEY_ID')
  const secret = text(environment, 'AWS_SECRET_ACCESS_KEY')
  if (value === undefined) return undefined
  const { hostname, pathname, searchParams } = new URL(value)
  const endpoint = searchParams.get('endpoint') ?? undefined
  const known = [...searchParams.keys()].every((name) => name === 'endpoint' || name === 'region')
  const folder = decoded(pathname)?.replace(/^\/+|\/+$/g, '')
  if (
    !hostname ||
    !known ||
    folder === undefined ||
    (endpoint !== undefined && !/^https?:$/.test(protocolOf(endpoint)))
  ) {
    throw new ConfigError(
      'FILES_URL must be an address such as s3://bucket?endpoint=https://s3.example.com&region=eu-central-1.',
    )
  }
  if ((id === undefined) !== (secret === undefined)) {
    throw new ConfigError('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: set both, or neither.')
  }
  return {
    bucket: hostname,
    prefix: folder && `${folder}/`,
    endpoint,
    region: searchParams.get('region') ?? 'us-east-1',
    keys: id !== undefined && secret !== undefined ? { id, secret } : undefined,
  }
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

const protocolOf = (value: string): string => (URL.canParse(value) ? new URL(value).protocol : '')

/** Something that cannot be guessed and fits a header. It is not echoed. */
function token(environment: Environment, name: string): string | undefined {
  const value = text(environment, name)
  if (value === undefined || /^[\x21-\x7e]{16,200}$/.test(value)) return value
  throw new ConfigError(`${name} must be 16 to 200 letters, digits and signs without a space (openssl rand -hex 32).`)
}

/** 32 bytes, as 64 hexadecimal digits or as base64. */
function masterKey(environment: Environment, name: string): Uint8Array | undefined {
  const value = text(environment, name)
  if (value === undefined) return undefined
  const bytes = /^[0-9a-fA-F]{64}$/.test(value) ? Buffer.from(value, 'hex') : Buffer.from(value, 'base64')
  // The value itself must not be echoed: it may be a real key with a typing mistake.
  if (bytes.length !== 32) {
    throw new ConfigError(`${name} must be 32 bytes: 64 hexadecimal digits, or base64 (openssl rand -base64 32).`)
  }
  return bytes
}
