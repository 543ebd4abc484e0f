/** [WG1] [WG2] Every row of the interface: is it read, with which default, and is it documented and typed? */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/sources.ts'
import { rare } from '../api.ts'
import { dressDefaults } from '../dress-settings.ts'
import { lateDefaults } from '../late-settings.ts'
import { moreDefaults } from '../more-settings.ts'
import { lookDefaults } from '../page-api/looks.ts'
import { messageOf, supportMessageOf } from '../page-api/sending.ts'
import { idle } from '../panel/more/idle.ts'
import { defaults, gather, plainName, readSettings } from '../settings.ts'
import { eventRows, idleRows, methodRows, settingRows } from './api-rows.ts'

const docs = readFileSync(join(root, 'docs/widget-api.md'), 'utf8')
const types = readFileSync(join(root, 'widget/types/tiledesk.d.ts'), 'utf8')
const table: Record<string, unknown> = {
  ...defaults,
  ...lateDefaults,
  ...moreDefaults,
  ...dressDefaults,
  ...lookDefaults,
}
const readAs = (name: string) => Object.keys(table).find((known) => plainName(known) === plainName(name))

describe('[WG2] settings', () => {
  test.each(settingRows)('%s is read, documented and typed', (name, sample) => {
    const known = readAs(name)
    if (!known) throw new Error(`${name} is nobody’s.`)
    expect(readSettings(table, gather({ [name]: sample }))).toEqual({ [known]: sample })
    expect(readSettings(table, gather({ [name.toLowerCase()]: sample }))).toEqual({ [known]: sample })
    expect(docs).toContain(`\`${name}\``)
    expect(types).toMatch(new RegExp(`^  ${name}\\??:`, 'm'))
  })

  test.each(idleRows)('%s is taken without effect, which the documentation says', (name) => {
    expect(idle.test(name)).toBe(true)
    expect(readAs(name)).toBeUndefined()
    expect(docs).toContain(`\`${name}\``)
  })

  test('none that has an effect is said to have none', () => {
    expect(settingRows.map(([name]) => name).filter((name) => idle.test(name))).toEqual([])
  })

  test('there is none that no row knows', () => {
    const rows = new Set(settingRows.map(([name]) => plainName(name)))
    expect(Object.keys(table).filter((name) => !rows.has(plainName(name)))).toEqual([])
  })
})

describe('[WG2] methods', () => {
  test.each(methodRows)('%s is documented and typed', (name, home) => {
    expect(docs).toMatch(new RegExp(`[\`.]${name}\\(`))
    expect(types).toMatch(new RegExp(`^  ${name}[<(]`, 'm'))
    if (home === 'rare') expect(rare.test(name)).toBe(true)
  })

  test('no property that pages look for is taken for a method', () => {
    for (const name of ['beforeDepartmentsFormRender', 'toString', 'onInit', 'then', 'off'])
      expect(rare.test(name)).toBe(false)
  })

  test('the parts of a message stand where each version has them', () => {
    const attributes = { a: 1 }
    const wanted = { text: 'Hi', attributes, type: 'text' }
    expect(messageOf(['Ada', 'r1', 'Team', 'Hi', 'text', 'group', attributes])).toMatchObject({
      ...wanted,
      recipientId: 'r1',
    })
    const long = ['tenant', 'id', 'Ada', 'Hi', 'text', '', 'r1', 'Team', attributes, 'p1', 'group']
    expect(messageOf(long)).toMatchObject({ ...wanted, recipientId: 'r1' })
    expect(messageOf([{ message: 'Hi', recipientId: 'r1', attributes }])).toMatchObject({
      ...wanted,
      recipientId: 'r1',
    })
    expect(supportMessageOf(['Hi', 'r1', 'text', '', attributes])).toMatchObject({ ...wanted, recipientId: 'r1' })
    expect(messageOf([])).toMatchObject({ text: 'hello', type: 'text', recipientId: '', attributes: {} })
  })
})

describe('[WG2] events', () => {
  test.each(eventRows)('%s is documented', (name) => {
    expect(docs).toContain(`\`${name}\``)
  })
})
