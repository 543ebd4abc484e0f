import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { type Demo, setUp } from './set-up.ts'

/** Fills an empty folder with a past: a server of its own, whose clock is turned, and real requests to it. */
export async function writeHistory(dataDir: string): Promise<Demo> {
  const clock = { now: Date.now() }
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    SIGNET_MASTER_KEY: process.env.SIGNET_MASTER_KEY,
    LOG_LEVEL: 'error',
  })
  const app = await createApp(config, () => clock.now)
  try {
    return await setUp(app.publicUrl, clock)
  } finally {
    await app.stop()
  }
}
