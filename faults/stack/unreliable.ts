/** A node's way from Redis: whole messages get lost, come twice, or come late and in another order. */
import type { Transform } from './line.ts'
import { isPublished, Replies } from './resp.ts'

export type Mischief = 'drop' | 'double' | 'delay'

export class Unreliable {
  #until = new Map<Mischief, number>()
  #probability = 0
  #random: () => number
  /** How many messages it has done something to. */
  touched = 0

  constructor(random: () => number) {
    this.#random = random
  }

  begin(mischief: Mischief, probability: number, ms: number): void {
    this.#probability = probability
    this.#until.set(mischief, Date.now() + ms)
  }

  readonly transform = (): Transform => {
    const replies = new Replies()
    return (chunk, forward) => {
      for (const reply of replies.take(chunk)) {
        if (isPublished(reply)) this.#carry(reply, forward)
        else forward(reply)
      }
    }
  }

  #carry(reply: Buffer, forward: (chunk: Buffer) => void): void {
    if (this.#does('drop')) return
    if (this.#does('delay')) setTimeout(() => forward(reply), this.#random() * 600)
    else forward(reply)
    if (!this.#does('double')) return
    forward(reply)
    setTimeout(() => forward(reply), this.#random() * 600)
  }

  #does(mischief: Mischief): boolean {
    const does = Date.now() < (this.#until.get(mischief) ?? 0) && this.#random() < this.#probability
    if (does) this.touched += 1
    return does
  }
}
