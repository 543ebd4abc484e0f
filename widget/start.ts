/**
 * The order of a start, as pages written for any generation of the API know it: settings, the page's own init,
 * the methods, onLoadParams, onBeforeInit, "not signed in", onInit, and then whoever it is.
 */
import { announceWho, globalsOf } from './announce.ts'
import { otherMethods } from './api.ts'
import type { Events } from './events.ts'
import { createQueue } from './queue.ts'
import type { Root } from './root.ts'
import { type Running, run } from './run.ts'
import { defaults, fromAddress, readSettings, type Settings } from './settings.ts'

export interface Beginning {
  /** The script's own address, as getBaseLocation gives it. */
  base: string
  root: Root
  events: Events
  /** `window.tiledesk`, which gets its other methods here. */
  methods: Record<string, unknown>
}

export function start(beginning: Beginning): void {
  const { root, events, methods } = beginning
  const settings: Settings = { ...defaults }
  const early: ((running: Running) => void)[] = []
  let running: Running | undefined

  /** Pages may call from onLoadParams on, which is before it is known whose chat this is. */
  function later<T>(task: (running: Running) => T | Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      const now = (it: Running) => resolve(task(it))
      if (running) now(running)
      else early.push(now)
    })
  }

  readFromPage(settings)
  // The capital D is the API's; the other spelling costs nothing.
  const init = window.tileDeskAsyncInit ?? window.tiledeskAsyncInit
  if (typeof init === 'function') events.guard(() => init())
  Object.assign(
    methods,
    otherMethods(settings, root.host, later, () => running?.signOut()),
  )
  const queue = createQueue(window, methods, events.on)
  queue.beforeLoadParams()
  events.dispatch('onLoadParams', globalsOf(settings))
  readFromPage(settings)
  if (!settings.projectid) {
    events.report({ code: 'projectid_missing', message: 'Set projectid in window.tiledeskSettings.' })
    return
  }
  running = run(beginning, settings)
  const { session, shelf } = running.core
  queue.beforeInit()
  events.dispatch('onBeforeInit', globalsOf(settings))
  const announce = announceWho(events, settings)
  if (!shelf.get('session')) announce({ state: 'out' })
  session.who.subscribe(announce)
  queue.open()
  for (const task of early) task(running)
  events.dispatch('onInit', globalsOf(settings))
  void session.resume()
}

/** What the page says, in its settings and in its address. */
export function readFromPage(settings: Settings, ...before: unknown[]): void {
  Object.assign(settings, readSettings(...before, window.tiledeskSettings, fromAddress(location.search)))
}
