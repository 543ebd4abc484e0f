/** Where a page of a search ended: how far it has gone through the visitors, and how far through the messages. */
import { Refused } from '../refused.ts'

export interface Place {
  /** Conversations by their latest activity; null: all of them. */
  people: { at: number; id: string } | null
  /** Messages below this number; null: all of them. */
  messages: number | null
}

export const beginning: Place = { people: { at: 1e15 - 1, id: '' }, messages: 1e10 - 1 }

export const isEnd = ({ people, messages }: Place): boolean => people === null && messages === null

export function pageFrom({ people, messages }: Place): string {
  return `${people ? `${people.at}.${people.id}` : '-'}_${messages ?? '-'}`
}

export function placeFrom(page: string | undefined): Place {
  if (page === undefined) return beginning
  const [whole, at, id, number] = page.match(/^(?:([0-9]{1,15})\.([0-9a-f-]{36}|)|-)_([0-9]{1,11}|-)$/) ?? []
  if (whole === undefined || number === undefined) throw new Refused('invalid_request', { field: 'page' })
  return {
    people: at === undefined ? null : { at: Number(at), id: id ?? '' },
    messages: number === '-' ? null : Number(number),
  }
}
