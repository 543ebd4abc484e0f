import { TokenRefused } from '../../../identity/errors.ts'
import { type PublicKey, readJwkKey } from '../../../identity/public-key.ts'
import { KeySetUnreachable } from '../../keys/fetch-key-set.ts'
import { KeyStore } from '../../keys/key-store.ts'
import { MasterKey } from '../../keys/master-key.ts'
import type { Member } from '../../model/caller.ts'
import { requireProject } from '../../model/project/project.ts'
import { verifyToken } from '../../model/sign-in/visitor-token.ts'
import { registerPublicKey } from '../../model/signing-key/public-key.ts'
import type { KeyPair } from '../keys/key-pair.ts'
import { type OpenDatabase, World } from './world.ts'

const jwksUrl = 'https://site.test/keys.json'

/** A site that serves its keys, and one node of ours that fetches them. */
export class Site {
  readonly world: World
  readonly keys: KeyStore
  fetched = 0
  keyId = ''
  #answer: () => PublicKey[] = () => []
  #database: World['database']
  #close: () => Promise<void>

  private constructor(world: World, close: () => Promise<void>) {
    this.world = world
    this.#close = close
    this.#database = { ...world.database }
    this.keys = new KeyStore({
      database: this.#database,
      masterKey: new MasterKey([new Uint8Array(32)]),
      fresh: () => true,
    })
    this.keys.fetchKeySet = async () => {
      this.fetched += 1
      return this.#answer()
    }
  }

  static async open(open: OpenDatabase, pairs: KeyPair[]): Promise<Site> {
    const opened = await open()
    const site = new Site(await World.make(opened.database), () => opened.close())
    site.serves(pairs)
    const made = await registerPublicKey(site.acting, site.owner, { jwksUrl }, '127.0.0.1')
    site.keyId = made.id
    return site
  }

  /** Over the same database, with a memory of its own. */
  anotherNode(): Site {
    const node = new Site(this.world, this.#close)
    node.keyId = this.keyId
    return node
  }

  get acting() {
    const { world, keys } = this
    return { database: this.#database, bus: world.bus, presence: world.presence, now: world.now, keys }
  }

  get owner(): Member {
    return { agentId: this.world.ownerId, projectId: this.world.projectId, role: 'owner', departmentIds: [] }
  }

  serves(pairs: KeyPair[]): void {
    this.#answer = () => pairs.map(({ jwk }) => readJwkKey(jwk))
  }

  fails(why: string): void {
    this.#answer = () => {
      throw new KeySetUnreachable(why)
    }
  }

  token(pair: KeyPair, header: object = {}): Promise<string> {
    return pair.sign(this.world.clock, this.world.projectId, {}, header)
  }

  async verify(token: string) {
    return verifyToken(this.acting, await this.#project(), { token })
  }

  async refusal(pair: KeyPair, header: object = {}): Promise<string> {
    try {
      await this.verify(await this.token(pair, header))
      return 'accepted'
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error
      return error.field === undefined ? error.code : `${error.code} ${error.field}`
    }
  }

  countReads(): () => number {
    let reads = 0
    const { database } = this.world
    Object.defineProperty(this.#database, 'read', {
      get() {
        reads += 1
        return database.read
      },
    })
    return () => reads
  }

  /** What was begun beside a sign-in is done. */
  async settled(): Promise<void> {
    await this.keys.fetchingOnce(this.keyId, async () => {})
  }

  close(): Promise<void> {
    return this.#close()
  }

  #project() {
    return requireProject(this.world, this.world.projectId)
  }
}
