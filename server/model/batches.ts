/**
 * Writes of a kind that arrive while the database is busy are done together: one turn at the door, one commit, and an
 * outcome for each. The next batch is as large as what arrives while this one is on its way to the disk.
 *
 * What must not be in one batch says so by a name that both have; the later one goes into the next. A lane has one
 * batch under way at a time, and lanes don't wait for each other. A batch that fails as a whole is tried again one by
 * one, so that one bad row is refused alone.
 */
import type { Database, Transaction } from '../db/database.ts'

export type Outcome<Result> = { result: Result } | { refused: Error }

/** Does the items of one batch; the outcomes are in their order. It may be called again with the same items. */
type Work<Item, Result> = (tx: Transaction, items: readonly Item[]) => Promise<Outcome<Result>[]>

interface Waiting<Item, Result> {
  item: Item
  apart: readonly string[]
  resolve(result: Result): void
  reject(error: unknown): void
}

const maxBatch = 500

export class Batches<Item, Result> {
  #database: Database
  #work: Work<Item, Result>
  #lanes = new Map<string, Waiting<Item, Result>[]>()

  constructor(database: Database, work: Work<Item, Result>) {
    this.#database = database
    this.#work = work
  }

  /** How many wait, in all lanes. */
  get waiting(): number {
    let waiting = 0
    for (const lane of this.#lanes.values()) waiting += lane.length
    return waiting
  }

  add(lane: string, item: Item, apart: readonly string[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting = { item, apart, resolve, reject }
      const others = this.#lanes.get(lane)
      if (others) others.push(waiting)
      else void this.#run(lane, [waiting])
    })
  }

  async #run(lane: string, waiting: Waiting<Item, Result>[]): Promise<void> {
    this.#lanes.set(lane, waiting)
    while (waiting.length > 0) {
      let batch: Waiting<Item, Result>[] = []
      const turn = this.#database.transaction((tx) => {
        // Only now, so that whatever waits for the door goes along. A turn that runs again keeps its batch.
        if (batch.length === 0) batch = takeBatch(waiting)
        return this.#work(tx, items(batch))
      })
      await turn.then(
        (outcomes) => settle(batch, outcomes),
        // Where the database takes no turns at all, nobody has been taken yet.
        (error) => this.#retryAlone(batch.length > 0 ? batch : waiting.splice(0), error),
      )
    }
    this.#lanes.delete(lane)
  }

  async #retryAlone(batch: Waiting<Item, Result>[], error: unknown): Promise<void> {
    const [first, ...others] = batch
    if (others.length === 0) return first?.reject(error)
    for (const waiting of batch) {
      await this.#database
        .transaction((tx) => this.#work(tx, [waiting.item]))
        .then((outcomes) => settle([waiting], outcomes), waiting.reject)
    }
  }
}

/** Out of those who wait, in their order: as many as have no name in common. */
function takeBatch<Item, Result>(waiting: Waiting<Item, Result>[]): Waiting<Item, Result>[] {
  const batch: Waiting<Item, Result>[] = []
  const names = new Set<string>()
  const later = waiting.splice(0).filter((each) => {
    const fits = batch.length < maxBatch && !each.apart.some((name) => names.has(name))
    // Whoever has to wait keeps his place before those who share a name with him.
    for (const name of each.apart) names.add(name)
    if (fits) batch.push(each)
    return !fits
  })
  waiting.push(...later)
  return batch
}

const items = <Item>(batch: readonly { item: Item }[]): Item[] => batch.map(({ item }) => item)

function settle<Item, Result>(batch: Waiting<Item, Result>[], outcomes: Outcome<Result>[]): void {
  for (const [index, waiting] of batch.entries()) {
    const outcome = outcomes[index]
    if (outcome && 'result' in outcome) waiting.resolve(outcome.result)
    else waiting.reject(outcome?.refused ?? new Error('A batch has lost one of its items.'))
  }
}
