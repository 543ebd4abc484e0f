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

/** From the start of the process to its first answer, and what it holds when idle. */
export async function start({ rounds }: Scale, database: Database): Promise<Row[]> {
  const cache = await mkdtemp(join(tmpdir(), 'signet-bench-cache-'))
  try {
    const cold = await repeat(rounds, () => withPlace(database, (place) => firstAnswer(place)))
    // Whoever has compiled it before has made his tables, too.
    const warm = await withPlace(database, async (place) => {
      const again = { ...place, NODE_COMPILE_CACHE: cache }
      await firstAnswer(again)
      return repeat(rounds, () => firstAnswer(again))
    })
    const memory = await repeat(rounds, () => idleMemory(database, cache))
    return [
      mostRow('start to first answer, cold, on an empty database', 'ms', cold, 1_000),
      mostRow('start to first answer, warm compile cache', 'ms', warm, 500),
      mostRow('RSS after the start, warm compile cache', 'MB', memory / 1e6, 140),
    ]
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}

/** With an empty database and a data folder. */
async function withPlace<Result>(
  database: Database,
  use: (place: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'signet-bench-'))
  try {
    return await use({ ...(await database.fresh()), DATA_DIR: dataDir })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function firstAnswer(place: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const server = launchServer({ ...place, PORT: String(port) })
  try {
    await answered(`http://127.0.0.1:${port}/readyz`)
    return performance.now() - began
  } finally {
    await server.stop()
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
