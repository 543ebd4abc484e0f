import { afterEach, expect, test, vi } from 'vitest'
import { createPageSettings } from '../page-settings.ts'

afterEach(() => vi.unstubAllGlobals())

function settingsOf(tiledeskSettings: object, search: string) {
  vi.stubGlobal('window', { tiledeskSettings })
  vi.stubGlobal('document', { querySelectorAll: () => [] })
  vi.stubGlobal('location', { search })
  const page = createPageSettings(false)
  page.read()
  return page.settings
}

test('a link does not lead a page’s visitors to another project', () => {
  const settings = settingsOf({ projectId: 'ours' }, '?tiledesk_projectid=theirs&tiledesk_align=left')
  expect(settings).toMatchObject({ projectid: 'ours', align: 'left' })
})

test('a page that names no project, such as an app’s, may have all settings in its address', () => {
  const settings = settingsOf({}, '?tiledesk_projectid=ours&tiledesk_align=left')
  expect(settings).toMatchObject({ projectid: 'ours', align: 'left' })
})
