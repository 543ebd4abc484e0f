import { expect, test } from 'vitest'
import { fieldsOf, problemsIn } from '../panel/more/form-fields.ts'
import { answersIn } from '../panel/more/introduce.ts'
import { moreTexts as words } from '../texts/more-en.ts'

const none = { preChatFormJson: [] as unknown[], privacyField: '', lang: 'en' }
const fields = (...preChatFormJson: unknown[]) => fieldsOf({ ...none, preChatFormJson }, words)

test('[WG1] without fields of its own the form asks for name and e-mail', () => {
  const asked = fieldsOf(none, words)
  expect(asked.map(({ name, label, isMandatory }) => [name, label, isMandatory])).toEqual([
    ['userFullname', 'Name', true],
    ['userEmail', 'E-mail', true],
  ])
  expect(problemsIn(asked, { userFullname: '', userEmail: 'ada@' }, words)).toEqual({
    userFullname: words.nameMissing,
    userEmail: words.emailWrong,
  })
  expect(problemsIn(asked, { userFullname: 'Ada', userEmail: 'ada@example.com' }, words)).toEqual({})
})

test('[WG1] labels are texts, texts by language, or names that the other product has words for', () => {
  const asked = fieldsOf(
    {
      ...none,
      lang: 'de',
      preChatFormJson: [
        { name: 'a', label: 'Order' },
        { name: 'b', label: { en: 'Order', de: 'Bestellung' } },
        { name: 'c', label: { en: 'Order' } },
        { name: 'userEmail', label: 'LABEL_FIELD_EMAIL' },
        { type: 'static', value: 'Welcome' },
      ],
    },
    words,
  )
  expect(asked.map(({ label }) => label)).toEqual(['Order', 'Bestellung', 'Order', 'E-mail', 'Welcome'])
})

test('a mandatory field is missed, a checkbox too, and a pattern is held against what is there', () => {
  const asked = fields(
    { name: 'order', regex: '^[0-9]{5}$', errorLabel: 'Five digits.' },
    { name: 'reason', type: 'textarea', mandatory: true },
    { name: 'terms', type: 'checkbox', mandatory: true, label: 'I agree' },
  )
  expect(problemsIn(asked, { order: '', reason: '', terms: false }, words)).toEqual({
    reason: words.fieldMissing,
    terms: words.fieldMissing,
  })
  expect(problemsIn(asked, { order: '12', reason: 'x', terms: true }, words)).toEqual({ order: 'Five digits.' })
  expect(problemsIn(asked, { order: '12345', reason: 'x', terms: true }, words)).toEqual({})
})

test('[WG6] what is no field is left out, and a pattern that is none asks for nothing', () => {
  const asked = fields(null, 7, { type: 'file', name: 'x' }, { name: 'y', regex: '(' }, { name: 'z', regex: '/^a$/i' })
  expect(asked.map(({ name }) => name)).toEqual(['y', 'z'])
  expect(problemsIn(asked, { y: 'anything', z: 'b' }, words)).toEqual({ z: words.fieldWrong })
})

test('[AG6] HTML in a label or in the privacy text stays text', () => {
  const asked = fieldsOf(
    {
      ...none,
      preChatFormJson: [{ name: 'a', label: '<img src=x onerror=alert(1)>A' }],
      privacyField: 'I <b>agree</b>',
    },
    words,
  )
  expect(asked.map(({ label }) => label)).toEqual(['A', 'I agree'])
  expect(asked[1]).toMatchObject({ name: 'privacyApproved', type: 'checkbox', isMandatory: true })
})

test('[DL7] answers travel with the first message, cut to what there is room for', () => {
  const asked = fields({ name: 'a' }, { name: 'b', type: 'checkbox' }, { name: 'firstMessage' }, { name: 'c' })
  const answers = answersIn(asked, { a: 'x'.repeat(900), b: true, firstMessage: 'Hello', c: '' })
  expect(answers).toEqual({ a: 'x'.repeat(500), b: true })
})
