import { atom } from 'nanostores'
import { keep, recall } from './kept.ts'

const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'signet:theme'
export const $theme = atom<Theme>('system')

export function startTheme() {
  const kept = recall(key)
  chooseTheme(themes.find((theme) => theme === kept) ?? 'system')
}

export function chooseTheme(theme: Theme) {
  $theme.set(theme)
  keep(key, theme === 'system' ? undefined : theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
