import type { Beside } from '../core.ts'
import type { Root } from '../root.ts'
import type { Running } from '../run.ts'
import { followAddress } from './address.ts'
import { approvePrivacy, setAttribute } from './attributes.ts'
import { authNonce } from './auth-nonce.ts'
import { dressCloser } from './dress.ts'
import { nameLauncher } from './launcher-name.ts'
import { openConversation, openNamed, startConversation } from './opening.ts'
import { messageOf, send, supportMessageOf } from './sending.ts'
import { takeAway } from './teardown.ts'

/** What few pages use: fetched when a page sets such a setting or calls such a method. */
export interface PageApi {
  call(name: string, given: unknown[]): unknown
}

type Method = (...given: unknown[]) => unknown

export function createPageApi(running: Running, root: Root, restart: () => void): PageApi {
  const { core } = running
  let fetched: Promise<Beside> | undefined

  function beside(): Promise<Beside> {
    fetched ??= import('../panel/beside.ts').then((module) => module.mount(core, root))
    return fetched
  }

  const showCallout = async () => {
    if (!core.isOpen.get()) (await beside()).showCallout()
  }
  const setPreChatForm: Method = (preChatForm) => {
    core.setParameter('preChatForm', preChatForm)
    core.shelf.set('set', { preChatForm })
  }
  const startOver = async () => {
    await takeAway(running, root)
    root.gone = new AbortController()
    restart()
  }
  const methods: Record<string, Method> = {
    sendMessage: (...given) => send(core, messageOf(given)),
    sendSupportMessage: (...given) => send(core, supportMessageOf(given)),
    startConversation: (text) => startConversation(running, text),
    openConversationById: (id) => openConversation(running, id),
    setPreChatForm,
    setStatePreChatForm: setPreChatForm,
    setAttributeParameter: (given) => setAttribute(core, given),
    setPrivacyPolicy: () => approvePrivacy(core),
    showCallout,
    getAuthNonce: () => authNonce(core.shelf),
    clearStorage: () => core.shelf.clear(),
    dispose: () => takeAway(running, root),
    restart: startOver,
    reInit() {
      void running.signOut()
      return startOver()
    },
  }
  dressCloser(running, root, showCallout)
  void nameLauncher(core, root)
  openNamed(running)
  followAddress(running)
  return { call: (name, given) => methods[name]?.(...given) }
}
