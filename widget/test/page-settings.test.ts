import { afterEach, describe, expect, test, vi } from 'vitest'
import { dressDefaults } from '../dress-settings.ts'
import { lateDefaults } from '../late-settings.ts'
import { moreDefaults } from '../more-settings.ts'
import { lookDefaults } from '../page-api/looks.ts'
import { createPageSettings } from '../page-settings.ts'
import { defaults } from '../settings.ts'

afterEach(() => vi.unstubAllGlobals())

const table = { ...defaults, ...lateDefaults, ...moreDefaults, ...dressDefaults, ...lookDefaults }

function settingsOf(tiledeskSettings: object, search: string): Record<string, unknown> {
  vi.stubGlobal('window', { tiledeskSettings })
  vi.stubGlobal('document', { querySelectorAll: () => [] })
  vi.stubGlobal('location', { search })
  const page = createPageSettings(false)
  page.read()
  page.learn(table)
  return { ...page.settings }
}

test('a link does not lead a page’s visitors to another project', () => {
  const settings = settingsOf({ projectId: 'ours' }, '?tiledesk_projectid=theirs&tiledesk_align=left')
  expect(settings).toMatchObject({ projectid: 'ours', align: 'left' })
})

test('a page that names no project, such as an app’s, may have all settings in its address', () => {
  const search = '?tiledesk_projectid=ours&tiledesk_align=left&tiledesk_userEmail=ada@halden.example'
  expect(settingsOf({}, search)).toMatchObject({ projectid: 'ours', align: 'left', userEmail: 'ada@halden.example' })
})

describe('on a page that names its project', () => {
  /** How it looks, where it stands, in which language: nobody is led anywhere by it. */
  const harmless = [
    ...['align', 'themeColor', 'themeForegroundColor', 'persistence', 'lang', 'marginX', 'marginY', 'departmentID'],
    ...[
      'typingLocation',
      'showInfoMessage',
      'fileUploadAccept',
      'baloonShape',
      'launcherShape',
      'launcherWidth',
      'launcherHeight',
      'mobileMarginX',
    ],
    ...[
      'mobileMarginY',
      'onPageChangeVisibilityDesktop',
      'onPageChangeVisibilityMobile',
      ...Object.keys(dressDefaults),
    ],
  ]
  const wordy = Object.entries(table).filter(([, fallback]) => typeof fallback === 'string')

  test.each(wordy)('a link says %s only if that steers nobody', (name) => {
    const settings = settingsOf({ projectid: 'ours' }, `?tiledesk_${name}=it&TILEDESK_${name.toLowerCase()}=it`)
    expect(settings[name] === 'it').toBe(harmless.includes(name))
  })

  test('a link gives no old spelling, no object, and no list', () => {
    const names = ['wellcomeTitle', 'preChatFormJson', 'customAttributes', 'texts']
    const settings = settingsOf({ projectid: 'ours' }, `?${names.map((name) => `tiledesk_${name}=[1]`).join('&')}`)
    expect(settings).toMatchObject({ welcomeTitle: '', preChatFormJson: [], customAttributes: {} })
  })

  test('the page itself may say all of it', () => {
    const own = { whatsappNumber: '39 02 123', welcomeMsg: 'Good morning', userEmail: 'ada@halden.example' }
    expect(settingsOf({ projectid: 'ours', ...own }, '?tiledesk_whatsappNumber=39666')).toMatchObject(own)
  })
})
