/** The child's end of a conversation with child.ts: does what it is asked, and ends when its parent does. */

export type Handlers = Record<string, (asked: never) => Promise<unknown>>

export interface Question {
  id: number
  name: string
  asked: unknown
}

export type Reply = { id: number; answer: unknown } | { id: number; error: string }

export function answer(handlers: Handlers): void {
  process.on('message', (question: Question) => void reply(handlers, question))
  // Nobody is left to stop it: a measurement must not outlive its run.
  process.on('disconnect', () => process.exit())
}

async function reply(handlers: Handlers, { id, name, asked }: Question): Promise<void> {
  try {
    const handler = handlers[name]
    if (!handler) throw new Error(`Nobody answers ${name} here.`)
    say({ id, answer: await handler(asked as never) })
  } catch (error) {
    say({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function say(reply: Reply): void {
  process.send?.(reply)
}
