import type { Message } from '../../protocol/records.ts'
import type { Core } from '../core.ts'
import { showPreview } from './preview.ts'
import { isSoundOn } from './sound-switch.ts'

/** Fetched with the first message that comes while the visitor looks elsewhere: a sound, a title that blinks, a preview. */
export function notice(core: Core, message: Message, open: () => void): void {
  if (isSoundOn(core)) void soundOnce(message.id)
  if (document.hidden) blink(core)
  if (!core.isOpen.get()) void showPreview(core, message, open)
}

const heldMs = 3_000
const blinkMs = 1_200

/** Of several tabs that hear of the message one makes the sound: the first to get the lock, which it keeps for a while. */
async function soundOnce(id: string): Promise<void> {
  if (!navigator.locks) return sound()
  await navigator.locks.request(`signet-sound-${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    sound()
    await new Promise((resolve) => setTimeout(resolve, heldMs))
  })
}

/** Two soft notes. Browsers allow them once somebody has touched the page. */
function sound(): void {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return
  const context = new AudioContext()
  for (const [at, pitch] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const begins = context.currentTime + at
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, begins)
    volume.gain.linearRampToValueAtTime(0.12, begins + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.3)
    tone.connect(volume).connect(context.destination)
    tone.start(begins)
    tone.stop(begins + 0.32)
  }
  setTimeout(() => void context.close(), 1_000)
}

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
