import { append } from './append.ts'
import { fanOut } from './fan-out.ts'
import { growthOfConversations, growthOfMessages } from './grown-database.ts'
import { growthOfSockets } from './grown-sockets.ts'
import type { GrowthMeasurement } from './growth.ts'
import { heavyReads } from './heavy-reads.ts'
import { idleSocket } from './idle-socket.ts'
import { latency } from './latency.ts'
import { lighthouse } from './lighthouse.ts'
import { revoke } from './revoke.ts'
import type { Measurement } from './row.ts'
import { besidePeer, sendAck } from './send-ack.ts'
import { signIn } from './sign-in.ts'
import { sizes } from './sizes.ts'
import { start } from './start.ts'
import { tokenVerify } from './token-verify.ts'

const anyDatabase = 'Whatever the database'

/** Every measurement under the name by which bin/bench takes it. */
export const measurements: Measurement[] = [
  { name: 'token-verify', measure: tokenVerify, on: 'one', section: anyDatabase },
  { name: 'idle-socket', measure: idleSocket, on: 'one', section: anyDatabase },
  { name: 'sizes', measure: sizes, on: 'one', section: anyDatabase },
  { name: 'append', measure: append, on: 'each' },
  { name: 'send-ack', measure: sendAck, on: 'each' },
  { name: 'latency', measure: latency, on: 'each' },
  { name: 'fan-out', measure: fanOut, on: 'each' },
  { name: 'sign-in', measure: signIn, on: 'each' },
  { name: 'revoke', measure: revoke, on: 'each' },
  { name: 'heavy-reads', measure: heavyReads, on: 'each' },
  { name: 'start', measure: start, on: 'each' },
  { name: 'peer', measure: besidePeer, on: 'each', section: 'Beside a chat with Socket.IO' },
]

/** Taken with --lighthouse only. */
export const pageCost: Measurement = {
  name: 'lighthouse',
  measure: lighthouse,
  on: 'one',
  section: 'On a page with the chat',
}

export const growths: GrowthMeasurement[] = [
  { name: 'more-messages', measure: growthOfMessages, on: 'each' },
  { name: 'more-conversations', measure: growthOfConversations, on: 'each' },
  { name: 'more-sockets', measure: growthOfSockets, on: 'one' },
]
