import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/sources.ts'
import { freePort } from '../server/test/free-port.ts'
import { Process } from './process.ts'

interface Options {
  port?: number
  dataDir?: string
  env?: NodeJS.ProcessEnv
}

/** A real server on its own port with its own data, which can be killed and started again where it was. */
export class Signet {
  readonly port: number
  readonly url: string
  readonly dataDir: string
  readonly #env: NodeJS.ProcessEnv
  #process: Process | undefined

  private constructor(port: number, dataDir: string, env: NodeJS.ProcessEnv) {
    this.port = port
    this.url = `http://localhost:${port}`
    this.dataDir = dataDir
    this.#env = env
  }

  static async start({ port, dataDir, env = {} }: Options = {}): Promise<Signet> {
    const signet = new Signet(port ?? (await freePort()), dataDir ?? mkdtempSync(join(tmpdir(), 'signet-')), env)
    await signet.#run()
    return signet
  }

  /** What the server printed since it was last started. */
  get output() {
    return this.#process?.output ?? ''
  }

  get errors() {
    return this.#process?.errors ?? ''
  }

  /** Ends the server as a power cut would, with no chance to finish anything. */
  async kill() {
    await this.#process?.stop('SIGKILL')
  }

  async restart() {
    await this.#process?.stop('SIGKILL')
    await this.#run()
  }

  /** Ends the server as an operator would, and forgets its data. Gives the exit code. */
  async stop() {
    const code = await this.#process?.stop('SIGTERM')
    rmSync(this.dataDir, { recursive: true, force: true })
    return code
  }

  async #run() {
    this.#process = launch({ PORT: String(this.port), DATA_DIR: this.dataDir, ...this.#env })
    await this.#process.answers(`${this.url}/readyz`)
  }
}

/** The bare server process, for a start that is expected to end in a refusal; of this folder's version. */
export function launch(env: NodeJS.ProcessEnv, folder = root): Process {
  return new Process(process.execPath, ['server/index.ts'], { cwd: folder, env: { ...cleanEnvironment(), ...env } })
}

/** The machine's environment without settings of ours that somebody may have exported. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(PORT|HOST|DATA_DIR|PUBLIC_URL|SIGNET_.*|DATABASE_URL|REDIS_URL|TRUST_PROXY|SMTP_URL|LOG_LEVEL|METRICS_TOKEN|OTEL_.*|VITEST.*|NODE_ENV|TEST)$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
}
