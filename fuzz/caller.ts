/** In whose name a lane sends: fills what a case leaves open, and comes in anew when it was signed out. */
import type { Case, Who } from './case.ts'
import { type Cast, type Standing, sign, signIn, standing } from './cast.ts'

export class CallerOfCases {
  readonly cast: Cast
  #url: string
  #name: string
  #session = ''
  #cursor = ''
  #own: { conversation: string; message: string } | undefined

  constructor(cast: Cast, url: string, name: string) {
    this.cast = cast
    this.#url = url
    this.#name = name
  }

  async comeIn(): Promise<void> {
    this.#session = await signIn(this.#url, this.cast.visitor.project, this.#name)
  }

  /** What was learned from a frame or an answer, to be named in later cases. */
  learn(found: { conversation?: string; message?: string; cursor?: string }): void {
    if (found.cursor) this.#cursor = found.cursor
    if (found.conversation && found.message) this.#own = { conversation: found.conversation, message: found.message }
  }

  credentials(who: Who): Record<string, string> {
    if (who === 'nobody') return {}
    if (who === 'visitor') return { authorization: `Bearer ${this.#session}` }
    return { cookie: standing(this.cast, who).cookie, origin: this.#url }
  }

  fill(who: Who, text: string): string {
    if (!text.includes('<<')) return text
    const place = standing(this.cast, who)
    return text.replace(/<<(\w+)>>/g, (all, name: string) => this.#valueOf(who, place, name) ?? all)
  }

  #valueOf(who: Who, place: Standing, name: string): string | undefined {
    const own = who === 'visitor' ? (this.#own ?? place) : place
    switch (name) {
      case 'project':
        return place.project.id
      case 'other':
        return this.cast.other
      case 'conversation':
        return own.conversation
      case 'message':
        return own.message
      case 'foreign':
        return place.foreign
      case 'session':
        return this.#session
      case 'cursor':
        return this.#cursor
      case 'epoch':
        return this.#cursor.split('.')[0]
      case 'key':
        return place.project.key
      case 'me':
        return place.me
      case 'email':
        return 'nobody@example.com'
      case 'token':
        return sign(place.project.secret, this.#name)
      default:
        return undefined
    }
  }
}

/** Would this case end the session that the callers live by? An agent's costs a password's hash to replace. */
export function signsOut(each: Case): boolean {
  if (each.way !== 'http') return false
  return each.who !== 'visitor' && each.method === 'DELETE' && each.path.includes('/agent-session')
}
