import { join } from 'node:path'
import { root } from '../scripts/sources.ts'
import { freePort } from '../server/test/free-port.ts'
import { Process } from './process.ts'
import { cleanEnvironment } from './signet.ts'

interface Options {
  signet: string
  project: string
  secret: string
  signIn?: 'page' | 'provider'
}

/** The example shop in front of a running server. Its customers stay logged in when it starts anew. */
export class Shop {
  readonly port: number
  readonly url: string
  #options: Options
  #process: Process | undefined

  private constructor(port: number, options: Options) {
    this.port = port
    this.url = `http://localhost:${port}`
    this.#options = options
  }

  static async start(options: Options): Promise<Shop> {
    const shop = new Shop(await freePort(), options)
    await shop.#run()
    return shop
  }

  /** What its owner does after the secret was changed. */
  async restartWith(changes: Partial<Options>) {
    await this.stop()
    this.#options = { ...this.#options, ...changes }
    await this.#run()
  }

  async stop() {
    await this.#process?.stop('SIGTERM')
  }

  async #run() {
    const { signet, project, secret, signIn = 'page' } = this.#options
    this.#process = new Process(process.execPath, ['server.js'], {
      cwd: join(root, 'examples/node-express'),
      env: {
        ...cleanEnvironment(),
        PORT: String(this.port),
        SIGNET_URL: signet,
        SIGNET_PROJECT: project,
        SIGNET_SECRET: secret,
        SIGN_IN: signIn,
        COOKIE_SECRET: 'the same one after a restart',
      },
    })
    await this.#process.answers(this.url)
  }
}
