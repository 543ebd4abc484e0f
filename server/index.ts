/** Starts the server, tells where it is, and stops it on a signal. */
import { type App, createApp } from './app.ts'
import { type Config, readConfig, warningsOf } from './config.ts'
import { isForOperators } from './for-operators.ts'

const stopWithinMs = 10_000

async function main(): Promise<void> {
  // What people write is nobody else's on this machine: database, key file, backups.
  process.umask(0o077)
  const logWarnings = collectWarnings()
  const config = readConfig(process.env)
  const app = await createApp(config)
  logWarnings(app.log)
  for (const sentence of warningsOf(config)) app.log.warn(sentence)
  printAddresses(app.publicUrl, app.setupCode)
  const stop = async () => {
    setTimeout(() => process.exit(1), stopWithinMs).unref()
    await app.stop()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
}

/** Node would print them in a form of its own, among the lines of JSON. Those of the start wait for the log. */
function collectWarnings(): (log: App['log']) => void {
  const early: Error[] = []
  process.removeAllListeners('warning').on('warning', (warning) => early.push(warning))
  return (log) => {
    const tell = (warning: Error) => log.warn({ err: warning }, 'warning')
    process.removeAllListeners('warning').on('warning', tell)
    early.forEach(tell)
  }
}

function printAddresses(publicUrl: string, setupCode: string | undefined): void {
  console.log(`Signet is running at ${publicUrl}`)
  if (setupCode) console.log(`Set it up here: ${publicUrl}/setup?code=${setupCode}`)
}

/** One clear sentence for what an operator can mend; the whole error for what he can't. */
function explain(error: unknown, config: Pick<Config, 'port' | 'host' | 'dataDir'> | undefined): string {
  if (!(error instanceof Error)) return String(error)
  if (isForOperators(error)) return error.message
  const code = 'code' in error ? error.code : undefined
  const syscall = 'syscall' in error ? error.syscall : undefined
  if (code === 'EADDRINUSE') return `Port ${config?.port} is in use. Stop what uses it, or set PORT to another one.`
  if (code === 'EACCES' && syscall === 'listen') {
    return `Port ${config?.port} may not be used by this account. Set PORT to one above 1023.`
  }
  if (code === 'EADDRNOTAVAIL' || syscall === 'getaddrinfo') {
    return `HOST is "${config?.host}", which is no address of this machine (${error.message}).`
  }
  const unwritable = ['EACCES', 'ENOENT', 'ENOTDIR', 'EEXIST', 'EROFS', 'EPERM', 'ENOSPC', 'ERR_SQLITE_ERROR']
  if (unwritable.includes(String(code))) {
    return `The data folder ${config?.dataDir} cannot be written to (${error.message}). Set DATA_DIR to one that can.`
  }
  return error.stack ?? error.message
}

function configOrNothing(): Config | undefined {
  try {
    return readConfig(process.env)
  } catch {
    return undefined
  }
}

main().catch((error) => {
  console.error(explain(error, configOrNothing()))
  process.exit(1)
})
