/** @jsxImportSource preact */
import { type ComponentType, render } from 'preact'
import type { Core } from '../../core.ts'
import { moreDefaults } from '../../more-settings.ts'
import moreCss from '../../styles/more.css?inline'
import type { MoreTexts } from '../../texts/more-en.ts'
import { type Surroundings, surround } from '../app.tsx'
import { Attached } from './attached.tsx'
import { CarryOver } from './carry-over.tsx'
import { Departments } from './departments.tsx'
import { Ended } from './ended.tsx'
import { Ending } from './ending.tsx'
import { Failure } from './failure.tsx'
import { dressFiles } from './files-module.ts'
import { Form } from './form.tsx'
import { Home } from './home.tsx'
import { noteIdle } from './idle.ts'
import { Length } from './length.tsx'
import { List } from './list.tsx'
import { Menu } from './menu.tsx'
import { QuickReplies } from './quick-replies.tsx'
import { SignedOut } from './signed-out.tsx'
import { System } from './system.tsx'
import { ToEnd } from './to-end.tsx'
import { Tools } from './tools.tsx'
import { Tray } from './tray.tsx'
import { Typist } from './typist.tsx'
import { setWords } from './words.ts'

const parts = {
  home: Home,
  list: List,
  departments: Departments,
  form: Form,
  menu: Menu,
  attached: Attached,
  tools: Tools,
  tray: Tray,
  ending: Ending,
  ended: Ended,
  buttons: QuickReplies,
  carryOver: CarryOver,
  signedOut: SignedOut,
  failure: Failure,
  toEnd: ToEnd,
  length: Length,
  typist: Typist,
  system: System,
} satisfies Record<string, ComponentType<{ about: string }>>

export { lineOf } from './system.tsx'

export type PartName = keyof typeof parts

export function begin({ isLate, learn }: Core, words: MoreTexts, adopt: (css: string) => void): void {
  learn({ ...moreDefaults, showLogoutOption: !isLate })
  noteIdle(window.tiledeskSettings)
  setWords(words)
  adopt(moreCss)
  dressFiles(adopt)
}

export function draw(place: HTMLElement, name: PartName, about: string, surroundings: Surroundings): void {
  surround(surroundings)
  const One = parts[name]
  render(<One about={about} />, place)
}

export function clear(place: HTMLElement): void {
  render(null, place)
}
