import { RecentMap } from '../recent-map.ts'
import { Refused } from '../refused.ts'

const dayMs = 86_400_000
const mostNames = 50_000

/**
 * Who comes anonymously is somebody new whenever he likes, and could fill a project's room in minutes: of such, an
 * address has so much a day, on each node.
 */
export class AddressRoom {
  #most: number
  #now: () => number
  #used = new RecentMap<{ bytes: number; since: number }>(mostNames)

  constructor(most: number, now: () => number) {
    this.#most = most
    this.#now = now
  }

  require(address: string): void {
    if (this.#current(address).bytes >= this.#most) throw new Refused('attachment_quota_exceeded')
  }

  add(address: string, bytes: number): void {
    const used = this.#current(address)
    this.#used.set(address, { ...used, bytes: used.bytes + bytes })
  }

  #current(address: string): { bytes: number; since: number } {
    const used = this.#used.get(address)
    const now = this.#now()
    return used && now - used.since < dayMs ? used : { bytes: 0, since: now }
  }
}
