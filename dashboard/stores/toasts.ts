import { atom } from 'nanostores'

export interface Toast {
  id: number
  tone: 'quiet' | 'bad'
  text: string
  /** What a press on its button does. */
  action?: { label: string; run: () => void }
}

export const $toasts = atom<readonly Toast[]>([])

const lastsMs = 6_000
let last = 0

/** The answer takes it away before its time. */
export function toast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): () => void {
  last += 1
  const id = last
  $toasts.set([...$toasts.get().slice(-2), { id, tone: 'quiet', ...options, text }])
  setTimeout(() => dismiss(id), lastsMs)
  return () => dismiss(id)
}

export function dismiss(id: number) {
  $toasts.set($toasts.get().filter((each) => each.id !== id))
}
