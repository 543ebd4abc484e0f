/**
 * What is sent, as plain data that can be kept in a file. Names in `<<…>>` stand for what only a run knows, such as
 * an id or a session, and are filled in as it is sent.
 */

export type Who = 'nobody' | 'visitor' | 'agent' | 'owner'

/** One thing that goes over a WebSocket: whole frames, or bytes as they are. `binary` and `raw` are base64. */
export type Piece =
  | { text: string }
  | { fragments: string[] }
  | { binary: string }
  | { control: number; payload: string }
  | { raw: string }

export interface SocketCase {
  way: 'socket'
  who: Who
  pieces: Piece[]
  /** `cut`: the line breaks as soon as all is written. */
  end: 'settle' | 'cut'
}

export interface HttpCase {
  way: 'http'
  who: Who
  /** The endpoint that was meant. */
  key: string
  method: string
  path: string
  headers: Record<string, string>
  body?: { text: string } | { base64: string }
}

/** Bytes on a line to the server, as latin1. */
export interface TcpCase {
  way: 'tcp'
  who: Who
  parts: string[]
  end: 'finish' | 'cut'
}

export type Case = SocketCase | HttpCase | TcpCase

export interface Finding {
  rule: 'death' | 'hang' | 'answer' | 'frame' | 'close' | 'leak' | 'log' | 'memory'
  what: string
  cases: Case[]
}

/** How many frames and bodies a case counts for. */
export function sizeOf(each: Case): number {
  return each.way === 'socket' ? Math.max(1, each.pieces.length) : 1
}
