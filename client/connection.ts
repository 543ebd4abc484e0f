import { atom, type ReadableAtom } from 'nanostores'
import type { ClientFrame, HelloFrame, ServerFrame } from '../protocol/frames.ts'
import { closeCodes, protocolVersion } from '../protocol/limits.ts'
import { backOff } from './back-off.ts'
import { type Clock, systemClock } from './clock.ts'
import { type OpenSocket, openWebSocket, type Socket } from './socket.ts'
import { isHidden, onWake } from './wake.ts'

/** `open` means welcomed; `waiting` means that the next attempt is on its way; `ended` that no attempt would help. */
export type ConnectionState = 'idle' | 'connecting' | 'open' | 'waiting' | 'ended'

export interface ConnectionOptions {
  url: string
  /** Asked anew at each attempt. */
  hello: () => { project: string; session?: string }
  onFrame: (frame: ServerFrame) => void
  clock?: Clock
  openSocket?: OpenSocket
  random?: () => number
  wake?: typeof onWake
  hidden?: () => boolean
}

export interface Connection {
  state: ReadableAtom<ConnectionState>
  /** From `idle` or `ended`; resumes at the newest cursor seen. */
  start(): void
  /** Hangs up and forgets the cursor: whoever starts next begins anew. */
  stop(): void
  /** False when nobody is there to hear it; nothing is queued. Who writes does not wait for the next attempt. */
  send(frame: ClientFrame): boolean
  reconnectNow(): void
}

const quietMs = 20_000
const answerMs = 10_000
/**
 * A page that nobody looks at lets its device sleep. The server finds out by itself whether it is there, and browsers
 * answer that for it; this is for a server that has vanished, and for attempts while it stays away.
 */
const hiddenMs = 300_000
/** Whoever loses a connection may be one of thousands who lose theirs at this moment, from a node that died. */
const crowdMs = 5_000
/** A connection on which something is heard after this long is a good one: the next attempt after it does not pay for earlier failures. */
const steadyMs = 10_000
const refusedWaitMs = 30_000

export function createConnection(options: ConnectionOptions): Connection {
  const { url, hello, onFrame, clock = systemClock, openSocket = openWebSocket, random = Math.random } = options
  const { wake = onWake, hidden = isHidden } = options
  const state = atom<ConnectionState>('idle')
  let socket: Socket | undefined
  let cursor: string | undefined
  let attempt = 0
  /** Of the newest connection that was welcomed since the start. */
  let openSince = 0
  let callOff = () => {}
  let unwatch: (() => void) | undefined

  function start(): void {
    if (state.get() !== 'idle' && state.get() !== 'ended') return
    unwatch ??= wake(hasten)
    attempt = 0
    openSince = 0
    connect()
  }

  function stop(): void {
    cursor = undefined
    rest('idle')
  }

  function connect(): void {
    state.set('connecting')
    const mine = openSocket(url, {
      opened: () => socket === mine && mine.send(JSON.stringify(greeting())),
      received: (text) => socket === mine && receive(text),
      closed: (code) => socket === mine && closed(code),
    })
    socket = mine
    timer(answerMs, lost)
  }

  function greeting(): HelloFrame {
    return { type: 'hello', v: protocolVersion, ...hello(), ...(cursor && { cursor }) }
  }

  function receive(text: string): void {
    const frame = frameOf(text)
    if (!frame) return
    if (frame.type === 'reset') cursor = undefined
    if (frame.type === 'welcome') opened()
    else if (state.get() === 'open') heartbeat()
    const heardOn = socket
    if (frame.type !== 'pong') onFrame(frame)
    if (socket !== heardOn) return
    keepCursor(frame)
    if (frame.type === 'ended') rest('ended')
    else if (frame.type === 'bye') wait(frame.retryAfterMs + random() * Math.max(frame.retryAfterMs, 1_000))
  }

  function opened(): void {
    openSince = clock.now()
    heartbeat()
    state.set('open')
  }

  function keepCursor(frame: ServerFrame): void {
    // The cursor of a resumed welcome lies beyond what was missed, and that has yet to come.
    if (frame.type === 'welcome' && frame.resumed) return
    if ('cursor' in frame && frame.cursor) cursor = frame.cursor
  }

  function heartbeat(): void {
    if (clock.now() - openSince >= steadyMs) attempt = 0
    timer(hidden() ? hiddenMs : quietMs, probe)
  }

  function probe(): void {
    socket?.send('{"type":"ping"}')
    timer(answerMs, lost)
  }

  function closed(code: number): void {
    if (code === closeCodes.sessionEnded) rest('ended')
    else if (code === closeCodes.notAllowed || code === closeCodes.tooMany) wait(refusedWaitMs * (1 + random()))
    else lost()
  }

  function lost(): void {
    wait(backOff(attempt++, random, hidden() ? hiddenMs : undefined, openSince ? crowdMs : undefined))
  }

  function wait(ms: number): void {
    hangUp()
    state.set('waiting')
    timer(ms, connect)
  }

  function rest(how: 'idle' | 'ended'): void {
    hangUp()
    unwatch?.()
    unwatch = undefined
    state.set(how)
  }

  function hangUp(): void {
    callOff()
    const gone = socket
    socket = undefined
    gone?.close()
  }

  function timer(ms: number, task: () => void): void {
    callOff()
    callOff = clock.after(ms, task)
  }

  function hasten(): void {
    // A laptop that slept does not know yet that its socket is dead.
    if (state.get() === 'open') probe()
    else reconnectNow()
  }

  function reconnectNow(): void {
    if (state.get() !== 'waiting') return
    callOff()
    connect()
  }

  function send(frame: ClientFrame): boolean {
    if (frame.type !== 'read') reconnectNow()
    if (state.get() !== 'open' || !socket) return false
    socket.send(JSON.stringify(frame))
    return true
  }

  return { state, start, stop, send, reconnectNow }
}

/** Frames are believed: they come over TLS from the server whose code this is; the type alone is looked at. */
function frameOf(text: string): ServerFrame | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFrame(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isFrame(value: unknown): value is ServerFrame {
  return typeof value === 'object' && value !== null && 'type' in value
}
