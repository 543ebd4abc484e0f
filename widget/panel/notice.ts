import type { Message } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { isHidden } from './message-attributes.ts'
import { showPreview } from './preview.ts'
import { soundOnce } from './sound.ts'
import { isSoundOn } from './sound-switch.ts'

/** Fetched with the first message that comes while the visitor looks elsewhere: a sound, a title that blinks, a preview. */
export function notice(core: Core, message: Message, open: () => void): void {
  if (isHidden(message)) return
  if (isSoundOn(core)) void soundOnce(message.id)
  if (document.hidden) blink(core)
  if (!core.isOpen.get()) void showPreview(core, message, open)
}

const blinkMs = 1_200

let timer: ReturnType<typeof setInterval> | undefined

function blink({ unread }: Core): void {
  if (timer) return
  const title = document.title
  let isShown = false
  const turn = () => {
    isShown = !isShown
    document.title = isShown ? `(${Math.max(1, unread.get())}) ${title}` : title
  }
  timer = setInterval(turn, blinkMs)
  turn()
  const look = () => {
    if (document.hidden) return
    clearInterval(timer)
    timer = undefined
    document.title = title
    document.removeEventListener('visibilitychange', look)
  }
  document.addEventListener('visibilitychange', look)
}
