/** Those who are sent away come back, here or to another node: not all at once. */
import type { WebSocket } from 'ws'
import { encode } from './frames.ts'

const leastSpreadMs = 3_000
/** A node admits some two thousand connections in a second when it does nothing else. */
const eachMs = 0.5

/** One of so many is told to come back later. */
export function sendAway(client: WebSocket, connections: number): void {
  client.send(encode({ type: 'bye', retryAfterMs: returnAfterMs(connections) }), { binary: false })
  client.close(1001)
}

/** When one of so many should come back. The client adds chance of its own. */
export function returnAfterMs(connections: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.max(leastSpreadMs, connections * eachMs))
}
