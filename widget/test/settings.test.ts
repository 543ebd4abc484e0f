import { expect, test } from 'vitest'
import { defaults, fromAddress, gather, readSettings } from '../settings.ts'

const table = { ...defaults, welcomeTitle: '', welcomeMsg: '', calloutTimer: -1, preChatFormJson: [] }
const read = (...sources: unknown[]) => readSettings(table, gather(...sources))

test('later sources win, and what is left out stays as it was', () => {
  expect(read({ align: 'left', lang: 'it' }, { align: 'right' })).toEqual({ align: 'right', lang: 'it' })
})

test('[WG1] booleans may be written as pages of either generation write them', () => {
  expect(read({ isOpen: 'true', autoStart: 'false' })).toEqual({ isOpen: true, autoStart: false })
  expect(read({ isOpen: 1, autoStart: 'no' })).toEqual({ isOpen: true, autoStart: false })
  expect(read({ isOpen: 'perhaps', autoStart: null })).toEqual({})
})

test('[WG1] both names of a setting are read', () => {
  expect(read({ wellcomeTitle: 'Hello', wellcomeMsg: 'Write to us' })).toEqual({
    welcomeTitle: 'Hello',
    welcomeMsg: 'Write to us',
  })
  expect(read({ open: true })).toEqual({ isOpen: true })
  expect(read({ welcomeTitle: 'kept' }, { wellcomeTitle: 'said now' })).toEqual({ welcomeTitle: 'said now' })
})

test('[WG1] the page’s address sets parameters in any case; being there means true', () => {
  const given = fromAddress('?utm=x&tiledesk_isopen&tiledesk_projectId=p1&TILEDESK_LANG=fr')
  expect(read(given)).toEqual({ isOpen: true, projectid: 'p1', lang: 'fr' })
})

test('numbers and lists are taken as they are', () => {
  expect(read({ calloutTimer: 5, preChatFormJson: ['x'] })).toEqual({ calloutTimer: 5, preChatFormJson: ['x'] })
})

test('what is not a setting, or not of its kind, is left out', () => {
  expect(read({ constructor: 'x', __proto__: 'y', nonsense: 1, lang: {} }, null, undefined, 'text')).toEqual({})
})
