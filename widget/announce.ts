import type { Events } from './events.ts'
import type { Settings } from './settings.ts'
import { isSignedIn, type Who } from './who.ts'

/** What pages find in the detail of most events. */
export function globalsOf(settings: Settings) {
  return { global: settings, default_settings: settings, appConfigs: {} }
}

/** Tells the page who is signed in, under each generation's event. */
export function announceWho(events: Events, settings: Settings): (now: Who) => void {
  let last: string | undefined

  return (now) => {
    if (now.state === 'unknown') return
    const isLogged = isSignedIn(now)
    const owner = isLogged ? now.owner : ''
    const before = last
    if (owner === before) return
    last = owner
    const user_id = isLogged ? (now.visitor?.externalId ?? owner) : undefined
    const detail = { event: isLogged ? 'online' : 'offline', isLogged, user_id, ...globalsOf(settings) }
    settings.isLogged = isLogged
    settings.senderId = user_id
    events.dispatch('isLoggedIn', isLogged)
    events.dispatch('onAuthStateChanged', detail)
    if (owner || before) events.dispatch(isLogged ? 'onLoggedIn' : 'onLoggedOut', detail)
  }
}
