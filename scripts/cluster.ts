/** bin/cluster: several nodes over one PostgreSQL and one Redis, behind a balancer, for trying and testing. */
import { emitKeypressEvents } from 'node:readline'
import type { ServerNode } from '../faults/stack/node.ts'
import { findRedis } from '../faults/stack/redis.ts'
import { type Stack, startStack } from '../faults/stack/stack.ts'

const restartAfterMs = 1_000
const mostNodes = 16

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 3)
  if (!Number.isInteger(count) || count < 1 || count > mostNodes) {
    throw new Error(`Say how many nodes, from 1 to ${mostNodes}: bin/cluster 3`)
  }
  if (!findRedis()) throw new Error('There is no redis-server on the path. Install Redis or Valkey.')
  const port = Number(process.env.PORT ?? 4000)
  const stack = await startStack({ kind: 'cluster', nodes: count, port, onDeath: comeBack })
  tell(stack)
  const restart = once(() => rollingRestart(stack))
  const stop = once(async () => {
    console.log('Stopping')
    await stack.stop()
    process.exit(0)
  })
  process.on('SIGUSR2', restart)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  listenToKeys({ r: restart, q: stop, c: stop })
}

function tell({ balancer, members, postgres, redis }: Stack): void {
  console.log(`Signet is running at ${balancer.url}`)
  for (const { node } of members) console.log(`  ${node.name}  http://127.0.0.1:${node.port}  process ${node.pid}`)
  console.log(`  PostgreSQL  ${postgres?.url()}`)
  console.log(`  Redis  ${redis?.url()}`)
  console.log(
    `r, or kill -USR2 ${process.pid}, restarts one node after the other; Ctrl-C ends them all, and their data.`,
  )
}

/** Somebody has killed it to see what happens. */
function comeBack(node: ServerNode): void {
  console.log(`${node.name} has ended, and is started again`)
  setTimeout(async () => {
    await node.start()
    console.log(`${node.name} is back as process ${node.pid}`)
  }, restartAfterMs)
}

/** As a new version is brought in: never more than one node is away. */
async function rollingRestart({ members }: Stack): Promise<void> {
  for (const { node } of members) {
    await node.kill('SIGTERM')
    await node.start()
    console.log(`${node.name} is restarted as process ${node.pid}`)
  }
}

/** A second call while the first one works does nothing. */
function once(work: () => Promise<void>): () => void {
  let working = false
  return () => {
    if (working) return
    working = true
    work()
      .catch((error) => console.error(error))
      .finally(() => {
        working = false
      })
  }
}

function listenToKeys(actions: Record<string, () => void>): void {
  if (!process.stdin.isTTY) return
  emitKeypressEvents(process.stdin)
  process.stdin.setRawMode(true)
  process.stdin.on('keypress', (_text, key: { name?: string; ctrl?: boolean }) => {
    const { name = '', ctrl = false } = key
    if (name === 'c' ? ctrl : !ctrl) actions[name]?.()
  })
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
