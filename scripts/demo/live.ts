import { on } from 'node:events'
import WebSocket from 'ws'
import type { ClientFrame, HelloFrame, ServerFrame } from '../../protocol/frames.ts'
import { parseServerFrame } from '../../protocol/parse.ts'

interface Greeting {
  url: string
  hello: Omit<HelloFrame, 'type' | 'v'>
  headers?: Record<string, string>
}

/** Opens a socket, says one thing, and hangs up when the answer that was waited for is there. */
export async function sayLive<T>(
  { url, hello, headers = {} }: Greeting,
  frame: ClientFrame,
  answerIn: (frame: ServerFrame) => T | undefined,
): Promise<T> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/live`, { headers })
  socket.once('open', () => {
    socket.send(JSON.stringify({ type: 'hello', v: 1, ...hello }))
    socket.send(JSON.stringify(frame))
  })
  try {
    for await (const [data] of on(socket, 'message', { close: ['close'], signal: AbortSignal.timeout(10_000) })) {
      const said = parseServerFrame(String(data))
      if (said?.type === 'error') throw new Error(`${said.code}: ${said.message}`)
      const answer = said && answerIn(said)
      if (answer !== undefined) return answer
    }
  } finally {
    socket.close()
  }
  throw new Error('The server hung up before it answered.')
}
