/**
 * The order of a start, as pages written for any generation of the API know it: settings, the page's own init,
 * the methods, onLoadParams, onBeforeInit, "not signed in", onInit, and then whoever it is.
 */
import { announceWho, globalsOf } from './announce.ts'
import { addMethods, type Methods } from './api.ts'
import type { Events } from './events.ts'
import { createPageSettings } from './page-settings.ts'
import { createQueue } from './queue.ts'
import type { Root } from './root.ts'
import { type Running, run } from './run.ts'

export interface Beginning {
  /** The script's own address, as getBaseLocation gives it. */
  base: string
  root: Root
  events: Events
  /** `window.tiledesk`, which gets its other methods here. */
  methods: Methods
  /** Starts over, once the widget has been taken off the page. */
  restart(): void
}

/** Versions 5 and 6 of the API differ from the others in some defaults. */
const late = /\/v[56]$/

export function start(beginning: Beginning): void {
  const { base, root, events, methods } = beginning
  const isLate = late.test(base)
  const page = createPageSettings(isLate)
  const { settings } = page
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

  page.read()
  // The capital D is the API's; the other spelling costs nothing.
  const init = window.tileDeskAsyncInit ?? window.tiledeskAsyncInit
  if (typeof init === 'function') events.guard(() => init())
  addMethods(methods, page, root, later, () => running?.signOut())
  const queue = createQueue(window, methods, events.on)
  queue.beforeLoadParams()
  events.dispatch('onLoadParams', globalsOf(settings))
  page.read()
  if (!settings.projectid) {
    window.initWidget = beginning.restart
    events.report({ code: 'projectid_missing', message: 'Set projectid.' })
    return
  }
  running = run(beginning, page, isLate)
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
