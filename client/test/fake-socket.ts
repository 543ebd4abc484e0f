import type { ServerFrame } from '../../protocol/frames.ts'
import type { OpenSocket, SocketEvents } from '../socket.ts'

export interface FakeSocket {
  url: string
  /** What the client sent, parsed. */
  sent: Record<string, unknown>[]
  closed: boolean
  open(): void
  say(frame: ServerFrame): void
  drop(code?: number): void
}

/** A network whose every byte is moved by the test. */
export function fakeNetwork(): { openSocket: OpenSocket; sockets: FakeSocket[]; last(): FakeSocket } {
  const sockets: FakeSocket[] = []
  const openSocket: OpenSocket = (url, events) => {
    const socket = fakeSocket(url, events)
    sockets.push(socket)
    return {
      send: (text) => void socket.sent.push(JSON.parse(text)),
      close() {
        socket.closed = true
      },
    }
  }
  return {
    openSocket,
    sockets,
    last() {
      const socket = sockets.at(-1)
      if (!socket) throw new Error('no socket was opened')
      return socket
    },
  }
}

function fakeSocket(url: string, events: SocketEvents): FakeSocket {
  return {
    url,
    sent: [],
    closed: false,
    open: () => events.opened(),
    say: (frame) => events.received(JSON.stringify(frame)),
    drop: (code = 1006) => events.closed(code),
  }
}
