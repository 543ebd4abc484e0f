import { Child } from './child.ts'
import type { Database } from './databases.ts'
import { type Growth, inTurn } from './growth.ts'
import type { Filling } from './product/fill.ts'
import type { Grown, Work } from './product/grown.ts'
import type { Scale } from './row.ts'

const messagesEach = 10

/**
 * How often each is done in a round where all is done in full, and how many times as much it may cost where there is most. Not once: whoever is
 * taken at random from many is not in the processor's cache, nor in the database's.
 */
const works: { work: Work; times: number; most: number | undefined }[] = [
  { work: 'read a page', times: 200, most: 3 },
  { work: 'read a page from the middle', times: 200, most: 3 },
  { work: 'resume as an agent', times: 200, most: 3 },
  { work: 'resume as a visitor', times: 200, most: 3 },
  { work: 'list the inbox', times: 200, most: 3 },
  { work: 'search the inbox by name', times: 20, most: undefined },
  // Last, as it adds to what there is.
  { work: 'append', times: 1_000, most: 5 },
]

/** All in one conversation, where a page or an index could not be helped by there being few of each. */
export function growthOfMessages(scale: Scale, database: Database): Promise<Growth[]> {
  const { messageCounts } = scale
  const fillings = messageCounts.map((count) => ({ conversations: 1, messagesEach: count }))
  return grow(`${database.name}: messages`, messageCounts, fillings, scale, database)
}

export function growthOfConversations(scale: Scale, database: Database): Promise<Growth[]> {
  const { conversationCounts } = scale
  const fillings = conversationCounts.map((count) => ({ conversations: count, messagesEach }))
  return grow(`${database.name}: conversations`, conversationCounts, fillings, scale, database)
}

async function grow(
  axis: string,
  sizes: readonly number[],
  fillings: Filling[],
  { rounds, partOfTimes }: Scale,
  database: Database,
): Promise<Growth[]> {
  const often = (times: number) => Math.ceil(times * partOfTimes)
  const grown: Child<Grown>[] = []
  try {
    for (const filling of fillings) {
      const child = new Child<Grown>('bench/product/grown.ts', { env: await database.fresh() })
      grown.push(child)
      await child.ask('fill', filling)
    }
    // Code is compiled once, not for each size.
    for (const { work, times } of works.filter((each) => each.work !== 'append')) {
      for (const child of grown) await child.ask('take', { work, times: often(times) })
    }
    const growths: Growth[] = []
    for (const { work, times, most } of works) {
      const costs = await inTurn(rounds, grown, (child) => child.ask('take', { work, times: often(times) }))
      growths.push({ what: work, axis, sizes, costs, most })
    }
    return growths
  } finally {
    await Promise.all(grown.map((child) => child.stop()))
  }
}
