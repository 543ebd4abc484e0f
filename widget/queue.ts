import type { Events } from './events.ts'

type Call = [name: string, ...given: unknown[]]

/** `window.Tiledesk('method', …)`: calls that pages make before and after the script is there. */
export interface Queue {
  /** Registers the handlers of onLoadParams that wait, so that the event finds them. */
  beforeLoadParams(): void
  /** Registers every other handler; the calls follow when the event has been dispatched. */
  beforeInit(): void
  /** Makes the calls that waited, and from now on every call at once. */
  open(): void
}

const isEvent = /^on[A-Z]/

export function createQueue(page: { Tiledesk?: unknown }, methods: Record<string, unknown>, on: Events['on']): Queue {
  function run(wanted: RegExp): void {
    const stub = page.Tiledesk
    if (typeof stub !== 'function' || !('q' in stub) || !Array.isArray(stub.q)) return
    const calls = stub.q.map((call: ArrayLike<unknown>) => Array.from(call) as Call)
    stub.q = calls.filter(([name]) => !wanted.test(name))
    for (const [name, ...given] of calls.filter(([name]) => wanted.test(name))) call(name, ...given)
  }

  function call(name: string, ...given: unknown[]): unknown {
    if (isEvent.test(name)) return on(name, given[0])
    const method = methods[name]
    return typeof method === 'function' ? method(...given) : method
  }

  return {
    beforeLoadParams: () => run(/^(onLoadParams|loadParams|setParameter)$/),
    beforeInit: () => run(/^on([A-Z]|$)/),
    open() {
      run(/./)
      page.Tiledesk = call
    },
  }
}
