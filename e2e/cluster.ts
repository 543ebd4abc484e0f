import { randomBytes } from 'node:crypto'
import { Balancer } from '../faults/stack/balancer.ts'
import { TestRedis } from '../server/test/cluster/redis.ts'
import { freePort } from '../server/test/free-port.ts'
import { startPostgres, type TestPostgres } from '../server/test/postgres.ts'
import type { Process } from './process.ts'
import { launch } from './signet.ts'

/** A node as its operator runs it: it is told to stop, and started again where it was. */
export class ClusterNode {
  readonly #env: NodeJS.ProcessEnv
  #process: Process | undefined

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
  }

  get url(): string {
    return `http://127.0.0.1:${this.#env.PORT}`
  }

  /** As the version that is in this folder. */
  async start(folder?: string) {
    this.#process = launch(this.#env, folder)
    await this.#process.answers(`${this.url}/readyz`)
  }

  /** Gives the exit code, and how long it took. */
  async stop(): Promise<{ code: number | NodeJS.Signals | undefined; ms: number }> {
    const began = performance.now()
    const code = await this.#process?.stop('SIGTERM')
    return { code, ms: performance.now() - began }
  }

  get errors(): string {
    return this.#process?.errors ?? ''
  }
}

interface Stores {
  postgres: TestPostgres
  redis: TestRedis
}

/** Several nodes over a PostgreSQL and a Redis, behind a balancer. */
export class Cluster {
  readonly nodes: ClusterNode[]
  readonly url: string
  #stores: Stores
  #balancer: Balancer

  private constructor(nodes: ClusterNode[], balancer: Balancer, stores: Stores) {
    this.nodes = nodes
    this.url = balancer.url
    this.#balancer = balancer
    this.#stores = stores
  }

  static async start(count: number, folder?: string): Promise<Cluster> {
    const [postgres, redis] = await Promise.all([startPostgres(), TestRedis.start()])
    const ports = await Promise.all(Array.from({ length: count }, freePort))
    const balancer = await new Balancer(ports).start()
    const env = {
      DATABASE_URL: await postgres.createDatabase(),
      REDIS_URL: redis.url,
      SIGNET_MASTER_KEY: randomBytes(32).toString('hex'),
      PUBLIC_URL: balancer.url,
      MESSAGES_PER_MINUTE: '100000',
      MESSAGE_BURST: '100000',
      LOG_LEVEL: 'error',
    }
    const nodes = ports.map((port) => new ClusterNode({ ...env, PORT: String(port) }))
    const cluster = new Cluster(nodes, balancer, { postgres, redis })
    await Promise.all(nodes.map((node) => node.start(folder))).catch(async (error) => {
      await cluster.stop()
      throw error
    })
    return cluster
  }

  async stop() {
    await Promise.all(this.nodes.map((node) => node.stop()))
    await this.#balancer.stop()
    await Promise.all([this.#stores.postgres.stop(), this.#stores.redis.kill()])
  }
}
