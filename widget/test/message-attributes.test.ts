import { expect, test } from 'vitest'
import { asPageConversation } from '../page-shapes.ts'
import { isHidden, shownLast } from '../panel/message-attributes.ts'
import { about, idOf, talk } from './shots/scene.ts'

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

test('[WG2] a hidden message is not what was said last, neither in the list nor to the page', () => {
  const [said] = talk(idOf(1), [{ text: 'shelf 7', ago: 1 }])
  if (!said) throw new Error('no message')
  const shown = about(idOf(1), [said])
  expect([shownLast(shown)?.text, asPageConversation(shown).last_message_text]).toEqual(['shelf 7', 'shelf 7'])
  const hidden = about(idOf(1), [{ ...said, attributes: { subtype: 'private' } }])
  expect(shownLast(hidden)).toBeNull()
  expect(asPageConversation(hidden)).toMatchObject({ last_message_text: '', text: '', sender: said.author.id })
})
