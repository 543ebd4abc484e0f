import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { readConfig, warningsOf } from '../config.ts'
import { ConfigError } from '../environment.ts'

test('[HT4] everything is optional, and what is left out is safe', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ port: 4000, host: '127.0.0.1', trustProxy: false, logLevel: 'warn' })
  expect(config).toMatchObject({ messagesPerMinute: 60, messageBurst: 30, masterKey: undefined, publicUrl: undefined })
  expect(config).toMatchObject({ anonymousPerMinute: 20, anonymousBurst: 30 })
  expect(config).toMatchObject({ requestsPerMinute: 1_200, requestBurst: 600 })
  expect(config.dataDir).toMatch(/\/data$/)
})

test('[AT9][HT4] who runs several nodes and keeps files in a folder is told what that takes', () => {
  const one = { DATABASE_URL: 'postgres://db', SIGNET_MASTER_KEY: randomBytes(32).toString('hex'), DATA_DIR: '/data' }
  const several = { ...one, REDIS_URL: 'redis://bus' }
  expect(warningsOf(readConfig(several))).toEqual([
    'Files are kept in /data: every node must have that very folder, or a bucket, named by FILES_URL.',
  ])
  expect(warningsOf(readConfig(one))).toEqual([])
  expect(warningsOf(readConfig({ ...several, FILES_URL: 's3://chat' }))).toEqual([])
})

test('[HT4] an empty option is one that is left out', () => {
  const empty = { PORT: '', HOST: ' ', SIGNET_MASTER_KEY: '', PUBLIC_URL: '', TRUST_PROXY: '', LOG_LEVEL: '' }
  expect(readConfig(empty)).toEqual(readConfig({}))
})

test.each([
  ['PORT', 'http'],
  ['PORT', '-1'],
  ['PORT', '65536'],
  ['PORT', '80.5'],
  ['PORT', '0x50'],
  ['PORT', '1e3'],
  ['TRUST_PROXY', 'yes'],
  ['TRUST_PROXY', '1'],
  ['LOG_LEVEL', 'loud'],
  ['PUBLIC_URL', 'chat.example.com'],
  ['PUBLIC_URL', 'ftp://chat.example.com'],
  ['PUBLIC_URL', 'https://chat.example.com/chat'],
  ['PUBLIC_URL', 'https://chat.example.com?x=1'],
  ['PUBLIC_URL', 'https://chat.example.com#x'],
  ['PUBLIC_URL', 'https://user@chat.example.com'],
  ['PUBLIC_URL', 'https://user:pass@chat.example.com'],
  ['PUBLIC_URL', 'https://:pass@chat.example.com'],
  ['MESSAGES_PER_MINUTE', '0'],
  ['MESSAGE_BURST', 'many'],
  ['ANONYMOUS_PER_MINUTE', '0'],
  ['ANONYMOUS_BURST', '-1'],
  ['REQUESTS_PER_MINUTE', '0'],
  ['REQUEST_BURST', 'none'],
  ['ATTACHMENT_MB_PER_PROJECT', '0'],
  ['MAIL_FROM', 'Shop chat'],
  ['MAIL_FROM', 'a@example.com, b@example.com'],
  ['MAIL_FROM', 'a@example.com\nBcc: b@example.com'],
  ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
  ['OTEL_TRACES_SAMPLER_ARG', '50%'],
])('[HT4] %s=%s stops the start with one sentence that names it', (name, value) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(new RegExp(`^${name} must be .*"${value.replace(/[.?*+()#/]/g, '\\$&')}"\\.$`))
})

test.each([
  'short',
  'a'.repeat(63),
  'z'.repeat(64),
  randomBytes(31).toString('base64'),
  randomBytes(33).toString('hex'),
])('[HT4][SS4] a master key of another length is refused, and not echoed', (value) => {
  const read = () => readConfig({ SIGNET_MASTER_KEY: value })
  expect(read).toThrow(/^SIGNET_MASTER_KEY must be 32 bytes/)
  expect(read).not.toThrow(value)
})

test('[HT4][SS4] a master key is taken in hexadecimal and in base64', () => {
  const key = randomBytes(32)
  for (const value of [
    key.toString('hex'),
    key.toString('hex').toUpperCase(),
    key.toString('base64'),
    ` ${key.toString('base64url')}\n`,
  ]) {
    expect(Buffer.from(readConfig({ SIGNET_MASTER_KEY: value }).masterKey ?? [])).toEqual(key)
  }
})

test('[HT4] a mail server is given with who mails are from', () => {
  expect(() => readConfig({ SMTP_URL: 'smtp://mail.example.com' })).toThrow(/^With SMTP_URL .* set MAIL_FROM/)
  for (const mailFrom of ['chat@example.com', 'Shop chat <chat@example.com>']) {
    const read = readConfig({ SMTP_URL: 'smtps://me:secret@mail.example.com', MAIL_FROM: mailFrom })
    expect(read).toMatchObject({ smtpUrl: 'smtps://me:secret@mail.example.com', mailFrom })
  }
  expect(() => readConfig({ SMTP_URL: 'mail.example.com' })).toThrow(/^SMTP_URL must be an address/)
})

test.each([
  ['SMTP_URL', 'smtp://'],
  ['REDIS_URL', 'redis://:hidden@redis.example.com/chat'],
  ['FILES_URL', 's3://chat/%zz'],
])('[HT4] %s=%s is refused before anybody tries it, and not echoed', (name, value) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(new RegExp(`^${name} must be an address [^\\n]*\\.$`))
  expect(read).not.toThrow(/hidden|zz/)
})

test('[HT4] the public address is kept as an origin', () => {
  expect(readConfig({ PUBLIC_URL: 'https://Chat.Example.com:443/' }).publicUrl).toBe('https://chat.example.com')
})

test.each(['short', 'with a space in the middle', 'ünïcödé-is-no-header', 'a'.repeat(201)])(
  '[HT4] METRICS_TOKEN=%s is refused, and not echoed',
  (value) => {
    const read = () => readConfig({ METRICS_TOKEN: value })
    expect(read).toThrow(/^METRICS_TOKEN must be 16 to 200 /)
    expect(read).not.toThrow(value)
  },
)

test('[HT4] a collector is an address over http, and what it may hold of a password is not echoed', () => {
  expect(readConfig({}).otlpEndpoint).toBeUndefined()
  expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }).otlpEndpoint).toBe(
    'http://127.0.0.1:4318',
  )
  const read = () => readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector.example.com:4318' })
  expect(read).toThrow(/^OTEL_EXPORTER_OTLP_ENDPOINT must be an address that begins with http:\/\/ or https:\/\/\.$/)
  expect(read).not.toThrow('collector')
  for (const [value, share] of [
    ['', 1],
    ['0', 0],
    ['0.05', 0.05],
    ['.5', 0.5],
    ['1.0', 1],
  ] as const) {
    expect(readConfig({ OTEL_TRACES_SAMPLER_ARG: value }).tracesKept).toBe(share)
  }
})

test('[HT4][AT9] files may be in a bucket, whose keys come together, and a wrong address is not echoed', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }
  expect(readConfig(keys).files).toBeUndefined()
  expect(readConfig({ FILES_URL: 's3://chat' }).files).toEqual({
    ...{ bucket: 'chat', prefix: '', endpoint: undefined, region: 'us-east-1', keys: undefined },
  })
  const url = 's3://chat/a/b/?endpoint=https://s3.example.com&region=eu-central-1'
  expect(readConfig({ FILES_URL: url, ...keys }).files).toEqual({
    ...{ bucket: 'chat', prefix: 'a/b/', endpoint: 'https://s3.example.com', region: 'eu-central-1' },
    keys: { id: 'id', secret: 'secret' },
  })
  const wrong = ['https://chat', 's3://', 's3://chat?endpoint=s3.example.com', 's3://chat?secret=hidden']
  for (const FILES_URL of wrong) {
    const read = () => readConfig({ FILES_URL })
    expect(read).toThrow(/^FILES_URL must be an address [^\n]*\.$/)
    expect(read).not.toThrow(/hidden|\/\/chat\?/)
  }
  const half = () => readConfig({ FILES_URL: url, AWS_ACCESS_KEY_ID: 'id' })
  expect(half).toThrow('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: set both, or neither.')
})
