import type { Events } from './events.ts'

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
    // In the very list that the page's stub pushes to: calls may come while these are made.
    for (const made of stub.q.splice(0)) {
      const [name, ...given] = Array.from<unknown>(made)
      if (wanted.test(String(name))) call(String(name), ...given)
      else stub.q.push(made)
    }
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
