/** The little of a WebSocket that a connection needs, so that tests can pass in one that they flush by hand. */
export interface Socket {
  send(text: string): void
  close(): void
}

export interface SocketEvents {
  opened(): void
  received(text: string): void
  /** Comes at most once; never after `close()` was called. */
  closed(code: number): void
}

export type OpenSocket = (url: string, events: SocketEvents) => Socket

export const openWebSocket: OpenSocket = (url, events) => {
  const socket = tryOpen(url)
  if (!socket) {
    queueMicrotask(() => events.closed(1006))
    return { send() {}, close() {} }
  }
  socket.onopen = () => events.opened()
  socket.onmessage = ({ data }) => events.received(String(data))
  socket.onclose = ({ code }) => events.closed(code)
  return {
    send: (text) => socket.send(text),
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null
      socket.close()
    },
  }
}

function tryOpen(url: string): WebSocket | undefined {
  try {
    return new WebSocket(url)
  } catch {
    // Browsers throw where a page of https would open a socket without TLS.
    return undefined
  }
}
