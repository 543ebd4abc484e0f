import { append } from './append.ts'
import { fanOut } from './fan-out.ts'
import { idleSocket } from './idle-socket.ts'
import { latency } from './latency.ts'
import { revoke } from './revoke.ts'
import type { Measurement } from './row.ts'
import { sendAck } from './send-ack.ts'
import { signIn } from './sign-in.ts'
import { start } from './start.ts'
import { tokenVerify } from './token-verify.ts'

/** Every measurement under the name by which bin/bench takes it. */
export const measurements: Measurement[] = [
  { name: 'token-verify', measure: tokenVerify },
  { name: 'append', measure: append },
  { name: 'send-ack', measure: sendAck },
  { name: 'latency', measure: latency },
  { name: 'fan-out', measure: fanOut },
  { name: 'idle-socket', measure: idleSocket },
  { name: 'sign-in', measure: signIn },
  { name: 'revoke', measure: revoke },
  { name: 'start', measure: start },
]
