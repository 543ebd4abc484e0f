import { afterEach, expect, test, vi } from 'vitest'
import { moreDefaults } from '../more-settings.ts'
import { createPageSettings } from '../page-settings.ts'

afterEach(() => vi.unstubAllGlobals())

function settingsOf(tiledeskSettings: object, search: string) {
  vi.stubGlobal('window', { tiledeskSettings })
  vi.stubGlobal('document', { querySelectorAll: () => [] })
  vi.stubGlobal('location', { search })
  const page = createPageSettings(false)
  page.read()
  page.learn(moreDefaults)
  return page.settings
}

test('a link does not lead a page’s visitors to another project, nor to another number', () => {
  const search = '?tiledesk_projectId=theirs&tiledesk_whatsappNumber=555&tiledesk_align=left'
  const settings = settingsOf({ projectid: 'ours' }, search)
  expect(settings).toMatchObject({ projectid: 'ours', whatsappNumber: '', align: 'left' })
})

test('a page that names no project, such as an app’s, may have all settings in its address', () => {
  const settings = settingsOf({}, '?tiledesk_projectid=ours&tiledesk_whatsappnumber=555')
  expect(settings).toMatchObject({ projectid: 'ours', whatsappNumber: '555' })
})
