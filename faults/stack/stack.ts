/** What is put under load: one node over its file, or several over PostgreSQL and Redis, each way with a gate in it. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { root as ownRoot } from '../../scripts/sources.ts'
import { freePort } from '../../server/test/free-port.ts'
import type { StackKind } from '../schedule.ts'
import { Balancer } from './balancer.ts'
import { Disk } from './disk.ts'
import { ServerNode } from './node.ts'
import { Postgres } from './postgres.ts'
import { Redis } from './redis.ts'
import { Relay } from './relay.ts'
import { Unreliable } from './unreliable.ts'

/** A node with its own ways to the database and to the bus. */
export interface Member {
  node: ServerNode
  database: Relay | undefined
  bus: Relay | undefined
  unreliable: Unreliable | undefined
}

export interface Stack {
  kind: StackKind
  balancer: Balancer
  members: Member[]
  postgres: Postgres | undefined
  redis: Redis | undefined
  disk: Disk | undefined
  /** Nodes that ended although nobody had asked them to, with what they said. */
  deaths: string[]
  stop(): Promise<void>
}

export interface StackOptions {
  kind: StackKind
  /** How many, in a cluster. */
  nodes?: number
  /** The balancer's. */
  port?: number
  root?: string
  env?: NodeJS.ProcessEnv
  random?: () => number
  /** The data are on a small disk that can be filled, where this account may make one. */
  smallDisk?: boolean
  onDeath?: (node: ServerNode, said: string) => void
}

const diskMegabytes = 384

export async function startStack(options: StackOptions): Promise<Stack> {
  return options.kind === 'sqlite' ? startOne(options) : startCluster(options)
}

async function startOne(options: StackOptions): Promise<Stack> {
  const disk = new Disk(options.smallDisk ? diskMegabytes : undefined)
  const stack = await assemble(options, [{ env: { DATA_DIR: disk.folder } }]).catch((error) => {
    disk.remove()
    throw error
  })
  return {
    ...stack,
    disk,
    async stop() {
      await stack.stop()
      disk.remove()
    },
  }
}

async function startCluster(options: StackOptions): Promise<Stack> {
  const disk = new Disk(options.smallDisk ? diskMegabytes : undefined)
  const [postgres, redis] = await Promise.all([Postgres.start(join(disk.folder, 'postgres')), Redis.start()])
  const key = randomBytes(32).toString('base64')
  const ways = Array.from({ length: options.nodes ?? 3 }, async () => {
    const unreliable = new Unreliable(options.random ?? Math.random)
    const database = await new Relay({ choose: () => [postgres.port] }).start()
    const bus = await new Relay({ choose: () => [redis.port], transform: unreliable.transform }).start()
    const env = {
      DATABASE_URL: postgres.url(database.port),
      REDIS_URL: redis.url(bus.port),
      SIGNET_MASTER_KEY: key,
    }
    return { env, database, bus, unreliable }
  })
  const stack = await assemble(options, await Promise.all(ways))
  return {
    ...stack,
    postgres,
    redis,
    disk,
    async stop() {
      await stack.stop()
      await Promise.all([postgres.stop(), redis.stop()])
      disk.remove()
    },
  }
}

interface Way extends Partial<Omit<Member, 'node'>> {
  env: NodeJS.ProcessEnv
}

async function assemble(options: StackOptions, ways: Way[]): Promise<Stack> {
  const ports = await Promise.all(ways.map(freePort))
  const balancer = await new Balancer(ports, options.port).start()
  const deaths: string[] = []
  const onDeath = (node: ServerNode, said: string) => {
    deaths.push(`${node.name}: ${said}`)
    options.onDeath?.(node, said)
  }
  const members = ways.map(({ env, database, bus, unreliable }, index): Member => {
    const node = new ServerNode({
      name: `node ${index + 1}`,
      root: options.root ?? ownRoot,
      port: ports[index] ?? 0,
      env: { PUBLIC_URL: balancer.url, ...env, ...options.env },
      onDeath,
    })
    return { node, database, bus, unreliable }
  })
  const stop = async () => {
    await Promise.all(members.map(({ node }) => node.kill('SIGTERM')))
    await balancer.stop()
    for (const { database, bus } of members) await Promise.all([database?.stop(), bus?.stop()])
  }
  const stack = { kind: options.kind, balancer, members, deaths, stop }
  await Promise.all(members.map(({ node }) => node.start())).catch(async (error) => {
    await stop()
    throw error
  })
  return { ...stack, postgres: undefined, redis: undefined, disk: undefined }
}
