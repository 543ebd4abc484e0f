import type { SearchMatch } from '../../../protocol/search.ts'
import { changeNumber } from '../changes-since.ts'
import type { Reading } from '../reads.ts'
import { findMessages } from './messages.ts'
import { findPeople } from './people.ts'
import { beginning, type Place } from './place.ts'
import type { Wanted } from './wanted.ts'

interface Asked {
  wanted: Wanted
  from: Place
  limit: number
}

export interface Found {
  /** Of visitors who are called so; then come those of the matches. */
  people: string[]
  matches: SearchMatch[]
  next: Place
  /** The index has something to catch up with. */
  behind: boolean
}

/** One page of a search. However much there is, a page takes only so much reading; then it ends with what it has. */
export async function readSearch(reading: Reading, { wanted, from, limit }: Asked): Promise<Found> {
  const people = await findPeople(reading, wanted, from.people, limit)
  const room = limit - people.ids.length
  const begin = { number: from.messages, isFirst: from.messages === beginning.messages }
  const { matches, next } =
    room > 0 ? await findMessages(reading, wanted, begin, room) : { matches: [], next: from.messages }
  const behind = (await reading.index.upTo(wanted.projectId)) < (await changeNumber(reading, wanted.projectId))
  return { people: people.ids, matches, next: { people: people.next, messages: next }, behind }
}
