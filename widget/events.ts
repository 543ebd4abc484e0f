import { logTrouble, type Report, troubleOf } from './report.ts'

export interface Events {
  /** What is not a function is ignored. */
  on(name: string, handler: unknown, options?: AddEventListenerOptions): void
  /** Calls the handlers at once, those under the event's old name first. */
  dispatch(name: string, detail: unknown): void
  report: Report
  /** Calls something of the page's, which may fail without harm (WG6). */
  guard(call: () => unknown): void
}

/** Names before version 4.0.34 of the API that we keep; pages were written for either. */
const hadAnotherName = /^on(LoadParams|(Before|After)MessageSend)$/

/** Events are real DOM events on the widget's root element, because pages may listen there themselves. */
export function createEvents(root: EventTarget, base: string): Events {
  let reporting = false

  function on(name: string, handler: unknown, options?: AddEventListenerOptions): void {
    if (typeof handler === 'function') root.addEventListener(name, (event) => guard(() => handler(event)), options)
  }

  function guard(call: () => unknown): void {
    try {
      const result = call()
      if (result instanceof Promise) result.catch(failed)
    } catch (error) {
      failed(error)
    }
  }

  function failed(error: unknown): void {
    report({ code: 'page_callback_failed', message: troubleOf(error).message })
  }

  function dispatch(name: string, detail: unknown): void {
    const names = hadAnotherName.test(name) ? [name.charAt(2).toLowerCase() + name.slice(3), name] : [name]
    for (const each of names) root.dispatchEvent(new CustomEvent(each, { detail }))
  }

  function report(error: unknown): void {
    const trouble = troubleOf(error)
    logTrouble(trouble, base)
    if (reporting) return
    reporting = true
    dispatch('onError', trouble)
    reporting = false
  }

  return { on, dispatch, report, guard }
}
