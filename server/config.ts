/**
 * The environment, read once and decided: every option is checked here, and a wrong one stops the start with one
 * sentence that names it (HT4).
 */
import { resolve } from 'node:path'
import {
  address,
  ConfigError,
  type Environment,
  flag,
  masterKey,
  named,
  numbered,
  oneOf,
  share,
  text,
  token,
  wholeNumber,
} from './environment.ts'

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
    port: wholeNumber(environment, 'PORT', 4000, { least: 0, most: 65_535 }),
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
    attachmentMbPerProject: wholeNumber(environment, 'ATTACHMENT_MB_PER_PROJECT', 10_240),
    trustProxy: flag(environment, 'TRUST_PROXY'),
    logLevel: oneOf(environment, 'LOG_LEVEL', logLevels, 'warn'),
    metricsToken: token(environment, 'METRICS_TOKEN'),
    otlpEndpoint: address(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT', ['http:', 'https:']),
    tracesKept: share(environment, 'OTEL_TRACES_SAMPLER_ARG', 1),
    messagesPerMinute: wholeNumber(environment, 'MESSAGES_PER_MINUTE', 60),
    messageBurst: wholeNumber(environment, 'MESSAGE_BURST', 30),
    anonymousPerMinute: wholeNumber(environment, 'ANONYMOUS_PER_MINUTE', 20),
    anonymousBurst: wholeNumber(environment, 'ANONYMOUS_BURST', 30),
    requestsPerMinute: wholeNumber(environment, 'REQUESTS_PER_MINUTE', 1_200),
    requestBurst: wholeNumber(environment, 'REQUEST_BURST', 600),
  }
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
