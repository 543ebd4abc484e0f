import { expect, test } from 'vitest'
import { quickRepliesOf } from '../panel/more/read-replies.ts'

const read = (...buttons: unknown[]) => quickRepliesOf({ attachment: { type: 'template', buttons } })

test('[WG1] texts, links and actions of a bot become buttons', () => {
  expect(
    read(
      { type: 'text', value: 'Yes' },
      { type: 'url', value: 'Terms', link: ' https://x.test/a ', target: 'parent' },
      { type: 'action', value: 'A person', action: 'agent', show_echo: false },
    ),
  ).toEqual([
    { type: 'text', value: 'Yes' },
    { type: 'url', value: 'Terms', href: 'https://x.test/a', target: '_self' },
    { type: 'action', value: 'A person', action: 'agent', isShown: false },
  ])
})

test.each([
  'javascript:alert(1)',
  ' \u0001javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//x.test',
  'https://',
  '',
])('[AG6] a button never leads to %j', (link) => {
  expect(read({ type: 'url', value: 'Click', link })).toEqual([])
})

test('[WG6] whatever else a message carries is no button', () => {
  expect(read(null, 3, 'x', { type: 'text' }, { type: 'text', value: 4 }, { type: 'form', value: 'x' })).toEqual([])
  expect(quickRepliesOf({})).toEqual([])
  expect(quickRepliesOf({ attachment: { buttons: 'many' } })).toEqual([])
  expect(read(...Array.from({ length: 50 }, (_, index) => ({ type: 'text', value: `${index}` })))).toHaveLength(20)
})
