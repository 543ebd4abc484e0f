/** A mail server of the tests' own, which keeps what it is given. */
import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export interface Posted {
  from: string
  to: string[]
  /** The whole letter, as it came over the line. */
  raw: string
}

export class MailServer {
  readonly posted: Posted[] = []
  refusing = false
  #server: SMTPServer

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      logger: false,
      onRcptTo: (_to, _session, done) => done(this.refusing ? new Error('Not now') : null),
      onData: async (stream, { envelope }, done) => {
        const chunks: Buffer[] = []
        for await (const chunk of stream) chunks.push(chunk)
        this.posted.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      },
    })
  }

  static async start(): Promise<MailServer> {
    const made = new MailServer()
    made.#server.listen(0, '127.0.0.1')
    await once(made.#server.server, 'listening')
    return made
  }

  get url(): string {
    const address = this.#server.server.address()
    return `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

/** What people read of it: quoted-printable undone. */
export function readable({ raw }: Posted): string {
  const bytes = raw.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => `%${hex}`)
  try {
    return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, '%25'))
  } catch {
    return raw
  }
}

export function linkIn(posted: Posted, part: string): string {
  const found = readable(posted)
    .match(/https?:\/\/[^\s"<>]+/g)
    ?.find((link) => link.includes(part))
  if (!found) throw new Error(`There is no link with ${part} in it.`)
  return found
}
