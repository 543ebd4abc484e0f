import type { Core } from '../core.ts'

const freshMs = 60_000

/** Who answers changes during a day; a page that stays open asks again when the chat is opened. */
export function keepAgentsFresh(core: Core): void {
  let askedAt = Date.now()

  core.isOpen.subscribe((isOpen) => {
    if (!isOpen || Date.now() - askedAt < freshMs) return
    askedAt = Date.now()
    const params = { project: core.settings.projectid }
    core.call('GET /projects/:project/widget', { params }).then(core.project.set, () => {})
  })
}
