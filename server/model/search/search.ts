import type { SearchMatch } from '../../../protocol/search.ts'
import { maySee } from '../access.ts'
import { authorIdOf } from '../caller.ts'
import { type ConversationRecord, loadConversations } from '../conversation/record.ts'
import type { Model } from '../model.ts'
import { isEnd, pageFrom, placeFrom } from './place.ts'
import type { Wanted } from './wanted.ts'

interface Query extends Wanted {
  page: string | undefined
  limit: number
}

interface SearchPage {
  records: ConversationRecord[]
  /** Of those that were found by a message. */
  matches: SearchMatch[]
  nextPage: string | null
}

const everyMs = 3_600_000
/** Those who write wait while a page is put together: 200 conversations at once would be 6 ms, and 50 still 3. */
const mostOfPage = 20

/** Looks for conversations by their visitors and by what was written in them, and has the index catch up. */
export class Search {
  #model: Pick<Model, 'database' | 'presence' | 'now' | 'reads'>
  #catchingUp: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #stopping = false

  constructor(model: Pick<Model, 'database' | 'presence' | 'now' | 'reads'>) {
    this.#model = model
  }

  /** First those whose visitor is called so, by their latest activity; then those with such a message, newest first. */
  async find({ page, limit, ...wanted }: Query): Promise<SearchPage> {
    const model = this.#model
    const asked = { wanted, from: placeFrom(page), limit: Math.min(limit, mostOfPage) }
    const { people, matches, next, behind } = await model.reads.ask('search', asked, authorIdOf(wanted.actor))
    if (behind) void this.catchUp()
    const ids = [...people, ...matches.map((match) => match.conversationId)]
    const records = await loadConversations(model.database.read, model, ids)
    // Somebody may have taken one from his sight since.
    const seen = records.filter(({ facts }) => maySee(wanted.actor, facts))
    const shown = new Set(seen.map(({ facts }) => facts.id))
    return {
      records: seen,
      matches: matches.filter((match) => shown.has(match.conversationId)),
      nextPage: isEnd(next) ? null : pageFrom(next),
    }
  }

  /** Now and then even if nobody looks for anything: who does is not to wait for a month of it. */
  start(): void {
    this.#timer = setInterval(() => void this.catchUp(), everyMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#timer)
    await this.#catchingUp
  }

  /** A little after the other, so that who asks something comes in between. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#indexAll().finally(() => {
      this.#catchingUp = undefined
    })
    return this.#catchingUp
  }

  async #indexAll(): Promise<void> {
    try {
      while (!this.#stopping && (await this.#model.reads.ask('indexSome', {}, 'indexing')));
    } catch {
      // Whatever is not in it is read, until the next time.
    }
  }
}
