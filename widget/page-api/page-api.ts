import type { Beside } from '../core.ts'
import type { Root } from '../root.ts'
import type { Running } from '../run.ts'
import { lookDefaults } from './looks.ts'

/** What few pages use: fetched when a page sets such a setting or calls such a method. */
export interface PageApi {
  call(name: string, given: unknown[]): unknown
  beside(): Promise<Beside>
}

export function createPageApi({ core }: Running, root: Root, restart: () => void): PageApi {
  core.learn(lookDefaults)
  let besideIt: Promise<Beside> | undefined

  function beside(): Promise<Beside> {
    besideIt ??= import('../panel/beside.ts').then((module) => module.mount(core, root))
    return besideIt
  }

  const methods: Record<string, (...given: unknown[]) => unknown> = {
    showCallout: async () => (await beside()).showCallout(),
    restart,
  }
  return { call: (name, given) => methods[name]?.(...given), beside }
}
