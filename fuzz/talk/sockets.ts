/** Plays a connection's case, and gives back all that the server said until it had answered everything. */
import { connect, type Socket } from 'node:net'
import type { CallerOfCases } from '../caller.ts'
import type { Piece, SocketCase } from '../case.ts'
import { bytesOf, Reader } from './wire.ts'

const patienceMs = 8_000
/** So long without a word after the last ping was answered, and what was written before has been dealt with. */
const quietMs = 30
const longestQuietMs = 300
const pauseMs = 15

export interface Said {
  frames: string[]
  /** The code that it closed with; 1005 if it gave none. */
  closed: number | undefined
  /** How it ended: all was answered, it was closed, the line broke, or nothing came any more. */
  error: string
  ending: 'settled' | 'closed' | 'broken' | 'silent'
}

export function playSocket(port: number, caller: CallerOfCases, { who, pieces, end }: SocketCase): Promise<Said> {
  const said: Said = { frames: [], closed: undefined, error: '', ending: 'broken' }
  const last = `settled-${pieces.length}`
  const net = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    let isOver = false
    const over = (ending: Said['ending']) => {
      // The line still closes behind what ended it, and whoever reads the verdict may be waiting for something.
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      clearTimeout(quiet)
      said.ending = ending
      net.destroy()
      resolve(said)
    }
    const timer = setTimeout(() => over('silent'), patienceMs)
    let settledAt: number | undefined
    let quiet: NodeJS.Timeout | undefined
    const waitForQuiet = (latest: number) => {
      clearTimeout(quiet)
      quiet = setTimeout(() => over('settled'), Math.min(quietMs, latest - performance.now()))
    }
    const reader = new Reader((opcode, payload) => {
      if (opcode === 1) said.frames.push(payload.toString())
      if (opcode === 10 && payload.toString() === last) settledAt = performance.now() + longestQuietMs
      if (settledAt !== undefined) waitForQuiet(settledAt)
      if (opcode !== 8) return
      said.closed = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      over('closed')
    })
    let head = ''
    net.on('data', (bytes: Buffer) => {
      if (head.endsWith('\r\n\r\n')) return reader.take(bytes)
      const at = bytes.indexOf('\r\n\r\n')
      head += bytes.toString('latin1', 0, at < 0 ? bytes.length : at + 4)
      if (at < 0) return
      void send()
      reader.take(bytes.subarray(at + 4))
    })
    net.on('error', (error) => {
      said.error = error.message
    })
    net.on('close', () => over('broken'))
    net.write(requestOf(caller.credentials(who)))
    const send = async () => {
      await write(
        net,
        pieces.map((piece) => bytesOf(filled(caller, who, piece))),
      )
      if (end === 'cut') setTimeout(() => over('broken'), 10)
      else net.write(bytesOf({ control: 9, payload: Buffer.from(last).toString('base64') }))
    }
  })
}

/** All at once, or as people do who wait to be let in, and whose mistake comes last. */
async function write(net: Socket, pieces: Buffer[]): Promise<void> {
  const greeting = pieces.length % 2 === 0 ? pieces.shift() : undefined
  const mistake = pieces.length % 3 === 0 ? pieces.pop() : undefined
  for (const part of [greeting, Buffer.concat(pieces), mistake]) {
    if (!part || net.destroyed) continue
    net.write(part)
    if (greeting || mistake) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

function requestOf(credentials: Record<string, string>): string {
  const headers = {
    host: 'localhost',
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...credentials,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `GET /live HTTP/1.1\r\n${lines.join('')}\r\n`
}

function filled(caller: CallerOfCases, who: SocketCase['who'], piece: Piece): Piece {
  if ('text' in piece) return { text: caller.fill(who, piece.text) }
  if ('fragments' in piece) return { fragments: piece.fragments.map((text) => caller.fill(who, text)) }
  return piece
}
