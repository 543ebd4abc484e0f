import { expect, test } from 'vitest'
import { sinceName } from '../panel/more/since.ts'
import { asText } from '../panel/more/transcript.ts'
import { durationOf, paceOf } from '../panel/pace.ts'
import { texts } from '../texts/en.ts'
import { moreTexts } from '../texts/more-en.ts'
import { idOf, now, talk } from './shots/scene.ts'

test('[VS7] a transcript has everything that the visitor could see, no notes and nothing hidden', () => {
  const said = talk(idOf(1), [
    { text: 'Hello\nthere', ago: 2 },
    { by: 'system', text: 'Grace Hopper joined', ago: 1 },
    { by: 'agent', text: '<b>Good morning</b>', ago: 0 },
  ])
  const [first] = said
  if (!first) throw new Error('no message')
  const note = { ...first, kind: 'note' as const, text: 'secret', seq: null }
  const hidden = { ...first, text: 'shelf 7', attributes: { subtype: 'info' } }
  const lines = asText([...said, note, hidden], 'Halden Tea', texts, moreTexts, 'en-GB').split('\n')
  expect(lines[0]).toBe('Conversation with Halden Tea')
  expect(lines.join('\n')).not.toMatch(/secret|shelf 7/)
  expect(lines.slice(2).map((line) => line.replace(/^\[.*?\] /, ''))).toEqual([
    'You: Hello',
    'there',
    'Grace Hopper joined',
    'Grace Hopper: <b>Good morning</b>',
    '',
  ])
})

test('how long ago is said in few words', () => {
  const minute = 60_000
  const said = [0, 5 * minute, 3 * 60 * minute, 26 * 60 * minute, 30 * 24 * 60 * minute].map((past) =>
    sinceName(now - past, 'en-GB', now),
  )
  expect(said).toEqual(['now', '5 min ago', '3 hr ago', 'yesterday', '19 Oct'])
})

test('how soon somebody answers is rounded up', () => {
  expect([301, 3_500, 3_700, 90_000].map((seconds) => durationOf(seconds, 'en'))).toEqual([
    '10 minutes',
    '1 hour',
    '2 hours',
    '2 days',
  ])
})

test('outside of the opening hours it is said when the team is back', () => {
  const project = {
    project: idOf(9),
    name: 'Halden Tea',
    enforcement: 'off' as const,
    settings: {},
    agents: [],
    departments: [],
    replySeconds: 60,
  }
  const wishes = { lang: 'en', dynamicWaitTimeReply: true }
  const closed = { open: false, opensAt: now, message: null }
  expect(paceOf({ ...project, hours: closed }, texts, wishes)).toMatch(/^Back on Wednesday/)
  expect(paceOf({ ...project, hours: { ...closed, opensAt: null } }, texts, wishes)).toBe(texts.later)
  const open = { ...closed, open: true }
  const measured = { ...project, agents: ['Ada'], replySeconds: 3_000, hours: open }
  expect(paceOf(measured, texts, wishes)).toBe('Usually replies within 50 minutes')
  expect(paceOf(measured, texts, { ...wishes, dynamicWaitTimeReply: false })).toBe(texts.later)
})
