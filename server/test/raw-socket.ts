/** A WebSocket client that keeps none of the manners of one: it answers no close and no ping. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket as NetSocket } from 'node:net'

export class RawSocket {
  readonly net: NetSocket
  received = ''

  private constructor(net: NetSocket) {
    this.net = net
    net.on('error', () => {})
    net.setEncoding('latin1').on('data', (text: string) => {
      this.received += text
    })
  }

  static async open(url: string, path = '/live'): Promise<RawSocket> {
    const net = connect(Number(new URL(url).port), '127.0.0.1')
    await once(net, 'connect')
    const socket = new RawSocket(net)
    const lines = ['host: localhost', 'connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13']
    const key = `sec-websocket-key: ${randomBytes(16).toString('base64')}`
    net.write(`GET ${path} HTTP/1.1\r\n${[...lines, key].join('\r\n')}\r\n\r\n`)
    return socket
  }

  /** One text frame, masked with zeros. */
  say(text: string): void {
    const payload = Buffer.from(text)
    const length =
      payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255]
    this.net.write(Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), payload]))
  }

  async hears(text: string): Promise<void> {
    while (!this.received.includes(text)) await once(this.net, 'data', { signal: AbortSignal.timeout(3000) })
  }
}
