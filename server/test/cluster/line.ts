/** A wire to a server that can stand still, or break. */
import { once } from 'node:events'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'

export class Line {
  readonly port: number
  #server: Server
  #ends = new Set<Socket>()
  #still = false

  private constructor(server: Server, port: number) {
    this.#server = server
    this.port = port
  }

  static async to(port: number): Promise<Line> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const line = new Line(server, typeof address === 'object' ? (address?.port ?? 0) : 0)
    server.on('connection', (near) => line.#join(near, dial(port, '127.0.0.1')))
    return line
  }

  /** Nothing passes any more, and nobody is told. */
  freeze(): void {
    this.#still = true
    for (const end of this.#ends) end.pause()
  }

  thaw(): void {
    this.#still = false
    for (const end of this.#ends) end.resume()
  }

  cut(): void {
    for (const end of this.#ends) end.destroy()
  }

  async close(): Promise<void> {
    this.#server.close()
    this.cut()
  }

  #join(near: Socket, far: Socket): void {
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(end)
      end.on('data', (chunk) => other.write(chunk))
      end.on('error', () => {})
      end.on('close', () => {
        this.#ends.delete(end)
        other.destroy()
      })
      if (this.#still) end.pause()
    }
  }
}
