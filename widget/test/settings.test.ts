import { expect, test } from 'vitest'
import { fromAddress, readSettings } from '../settings.ts'

test('later sources win, and what is left out stays as it was', () => {
  expect(readSettings({ align: 'left', lang: 'it' }, { align: 'right' })).toEqual({ align: 'right', lang: 'it' })
})

test('[WG1] booleans may be written as pages of either generation write them', () => {
  expect(readSettings({ isOpen: 'true', autoStart: 'false' })).toEqual({ isOpen: true, autoStart: false })
  expect(readSettings({ isOpen: 1, autoStart: 'no' })).toEqual({ isOpen: true, autoStart: false })
  expect(readSettings({ isOpen: 'perhaps', autoStart: null })).toEqual({})
})

test('[WG1] both names of a setting are read, the newer one first', () => {
  expect(readSettings({ wellcomeTitle: 'Hello', wellcomeMsg: 'Write to us' })).toEqual({
    welcomeTitle: 'Hello',
    welcomeMsg: 'Write to us',
  })
  expect(readSettings({ wellcomeTitle: 'old', welcomeTitle: 'new' })).toEqual({ welcomeTitle: 'new' })
  expect(readSettings({ open: true })).toEqual({ isOpen: true })
})

test('[WG1] the page’s address sets parameters in any case; being there means true', () => {
  const given = fromAddress('?utm=x&tiledesk_isopen&tiledesk_projectId=p1&TILEDESK_LANG=fr')
  expect(readSettings(given)).toEqual({ isOpen: true, projectid: 'p1', lang: 'fr' })
})

test('what is not a setting, or not of its kind, is left out', () => {
  expect(readSettings({ constructor: 'x', __proto__: 'y', nonsense: 1, lang: {} }, null, undefined, 'text')).toEqual({})
})
