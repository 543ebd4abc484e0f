/** Loads all that the server may load, so that Node keeps it compiled (NODE_COMPILE_CACHE). For images. */
import { mkdtempSync, rmSync } from 'node:fs'
import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../server/app.ts'
import { readConfig } from '../server/config.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'signet-warm-'))
// Once from its start to its end: much is loaded only when it is needed.
const app = await createApp(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }))
await fetch(`${app.publicUrl}/readyz`)
await app.stop()
// Where DATABASE_URL, REDIS_URL and OTEL_EXPORTER_OTLP_ENDPOINT are set.
await import('../server/db/postgres.ts')
await import('../server/bus/redis.ts')
await import('../server/tracing/tracing.ts')
rmSync(dataDir, { recursive: true, force: true })
flushCompileCache()
console.log(`Compiled code is kept in ${getCompileCacheDir()}`)
