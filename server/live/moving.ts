/** Those who are sent away come back, here or to another node: not all at once. */

const leastSpreadMs = 3_000
/** A node admits some two thousand connections in a second when it does nothing else. */
const eachMs = 0.5

/** When one of so many should come back. The client adds chance of its own. */
export function returnAfterMs(connections: number, random: () => number = Math.random): number {
  return Math.round(random() * Math.max(leastSpreadMs, connections * eachMs))
}
