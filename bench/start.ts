import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch as launchServer } from '../e2e/signet.ts'
import { freePort } from '../server/test/free-port.ts'
import type { Database } from './databases.ts'
import { repeat } from './rounds.ts'
import { mostRow, type Row, type Scale } from './row.ts'
import { launch } from './signet.ts'

/** From the start of the process to its first answer, on an empty database; and what it holds when idle. */
export async function start({ rounds }: Scale, database: Database): Promise<Row[]> {
  const cache = await mkdtemp(join(tmpdir(), 'signet-bench-cache-'))
  try {
    const cold = await repeat(rounds, () => firstAnswer(database, undefined))
    await firstAnswer(database, cache)
    const warm = await repeat(rounds, () => firstAnswer(database, cache))
    const memory = await repeat(rounds, () => idleMemory(database, cache))
    return [
      mostRow('start to first answer, cold', 'ms', cold, 1_000),
      mostRow('start to first answer, warm compile cache', 'ms', warm, 500),
      mostRow('RSS after the start, warm compile cache', 'MB', memory / 1e6, 140),
    ]
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

async function firstAnswer(database: Database, cache: string | undefined): Promise<number> {
  const dataDir = await mkdtemp(join(tmpdir(), 'signet-bench-'))
  const port = await freePort()
  const empty = await database.fresh()
  const began = performance.now()
  const server = launchServer({ ...empty, PORT: String(port), DATA_DIR: dataDir, NODE_COMPILE_CACHE: cache })
  try {
    await answered(`http://127.0.0.1:${port}/readyz`)
    return performance.now() - began
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function answered(url: string): Promise<void> {
  const until = Date.now() + 30_000
  while (Date.now() < until) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  throw new Error(`No answer from ${url}.`)
}

/** With the cache, as bin/start has it: code that need not be compiled takes 20 MB less. */
async function idleMemory(database: Database, cache: string): Promise<number> {
  const server = await launch({ env: { ...(await database.fresh()), NODE_COMPILE_CACHE: cache } })
  try {
    return await server.memory()
  } finally {
    await server.stop()
  }
}
