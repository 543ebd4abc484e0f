import { expect, test } from 'vitest'
import { isHidden } from '../panel/message-attributes.ts'

test.each([
  [{ kind: 'text', attributes: { subtype: 'info' } }, true],
  [{ kind: 'text', attributes: { subtype: 'info/support' } }, true],
  [{ kind: 'text', attributes: { subtype: 'private' } }, true],
  [{ attributes: { subtype: 'info' } }, true],
  [{ kind: 'system', attributes: { subtype: 'info', messagelabel: { key: 'CHAT_CLOSED' } } }, false],
  [{ kind: 'text', attributes: { subtype: 7 } }, false],
  [{ kind: 'text', attributes: {} }, false],
  [{}, false],
])('[WG2] of %o it is hidden: %s', (message, isSo) => {
  expect(isHidden(message)).toBe(isSo)
})
