import type { Page, WebSocketRoute } from 'playwright-core'

interface Sent {
  clientId: string
  text: string
}

/** The sockets of one page, on their way through us: what it sends is written down, and nothing passes a cut wire. */
export class Wire {
  /** Every `send` that the page put on the wire, again and again if it did so. */
  readonly sent: Sent[] = []
  /** The codes that the server refused something with. */
  readonly refusals: string[] = []
  #page: Page
  #sockets = new Set<WebSocketRoute>()
  #isCut = false
  #isStalled = false
  #refuseWith: string | undefined

  private constructor(page: Page) {
    this.#page = page
  }

  static async of(page: Page, { cut = false } = {}): Promise<Wire> {
    const wire = new Wire(page)
    wire.#isCut = cut
    await page.routeWebSocket(/\/live$/, (socket) => wire.#carry(socket))
    return wire
  }

  get texts(): string[] {
    return this.sent.map(({ text }) => text)
  }

  async cut() {
    this.#isCut = true
    await Promise.all([...this.#sockets].map((socket) => socket.close()))
    this.#sockets.clear()
  }

  /** All passes again, and the page is told so, as a browser does when its network is back. */
  async mend() {
    this.#isCut = this.#isStalled = false
    this.#refuseWith = undefined
    await this.#page.evaluate(() => dispatchEvent(new Event('online')))
  }

  /** What the page sends does not reach the server; what the server says still comes. */
  stall() {
    this.#isStalled = true
  }

  /** Messages are answered with this code in the server's place, as if what it knows had changed. */
  refuse(code: string) {
    this.#refuseWith = code
  }

  #carry(socket: WebSocketRoute) {
    if (this.#isCut) return void socket.close()
    this.#sockets.add(socket)
    const server = socket.connectToServer()
    socket.onMessage((text) => {
      const frame = JSON.parse(String(text))
      if (frame.type === 'send') this.sent.push({ clientId: frame.clientId, text: frame.text })
      if (this.#isStalled) return
      if (frame.type === 'send' && this.#refuseWith) socket.send(JSON.stringify(this.#refusal(frame.clientId)))
      else server.send(text)
    })
    server.onMessage((text) => {
      const frame = JSON.parse(String(text))
      if (frame.type === 'error') this.refusals.push(frame.code)
      socket.send(text)
    })
  }

  #refusal(clientId: string) {
    return { type: 'error', code: this.#refuseWith, message: 'There is nothing here.', clientId }
  }
}
