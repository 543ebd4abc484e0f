/** Dashboards and alerts may name only what the server prints, and codes that it gives. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isErrorCode } from '../../protocol/errors.ts'
import { closeCodes } from '../../protocol/limits.ts'
import { Signet } from '../../server/test/signet.ts'
import { root } from '../sources.ts'

interface Rule {
  alert: string
  expr: string
  for?: string
  labels: { severity: string }
  annotations: { summary: string; description: string }
}

interface Panel {
  id: number
  title: string
  gridPos: { x: number; y: number; w: number; h: number }
  targets: { expr: string }[]
}

const read = (path: string) => readFileSync(join(root, 'ops', path), 'utf8')
const rules: Rule[] = parse(read('prometheus/alerts.yml')).groups.flatMap(({ rules }: { rules: Rule[] }) => rules)
const panels: Panel[] = JSON.parse(read('grafana/signet.json')).panels
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
]

let printed: Set<string>
let text: string

beforeAll(async () => {
  const signet = await Signet.start()
  text = await (await signet.anybody.send('GET', '/metrics')).text()
  printed = new Set(
    text.split('\n').flatMap((line) => {
      const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? []
      if (!name) return []
      return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]
    }),
  )
  await signet.stop()
})

const namedIn = (expression: string) => expression.match(/\b(signet|process|nodejs)_[a-z_]+\b/g) ?? []

test('[HT3] every metric that a dashboard or an alert names is printed', () => {
  const named = expressions.flatMap(namedIn)
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((name) => !printed.has(name))).toEqual([])
})

test('[HT3] every metric of ours that is printed is shown to somebody', () => {
  const named = new Set(expressions.flatMap(namedIn))
  const shown = (name: string) => named.has(name) || named.has(name.replace(/_(sum|count)$/, '_bucket'))
  expect([...printed].filter((name) => name.startsWith('signet_') && !shown(name))).toEqual([])
})

test('[HT3] every code that an alert names is one that is given', () => {
  const codes = expressions.flatMap((expression) =>
    [...expression.matchAll(/code=~?"([^"]+)"/g)].flatMap(([, list = '']) => list.split('|')),
  )
  const closes = new Set<string>(Object.values(closeCodes).map(String))
  expect(codes.length).toBeGreaterThan(3)
  expect(codes.filter((code) => !isErrorCode(code) && !closes.has(code))).toEqual([])
})

test('[HT3] every part and queue that an alert names is printed', () => {
  const parts = rules.flatMap(({ expr }) =>
    [...expr.matchAll(/part=~?"([^"]+)"/g)].flatMap(([, list = '']) => list.split('|')),
  )
  expect(parts).toContain('database')
  for (const part of parts) expect(text).toContain(`signet_ready{part="${part}"}`)
  const queues = rules.flatMap(({ expr }) =>
    [...expr.matchAll(/queue=~?"([^"]+)"/g)].flatMap(([, list = '']) => list.split('|')),
  )
  expect(queues).toContain('messages')
  for (const queue of queues) expect(text).toContain(`signet_queue_length{queue="${queue}"}`)
})

test('[HT3] what an alert counts is printed before it has happened, or the alert would not see it happen', () => {
  const counted = rules.flatMap(({ expr }) => [...expr.matchAll(/rate\((signet_\w+)\{(\w+)(!?=~?)"([^"]+)"\}/g)])
  expect(counted.length).toBeGreaterThan(4)
  for (const [, name, label, operator, values = ''] of counted) {
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`))
    expect(lines, name).not.toEqual([])
    if (operator?.startsWith('!')) continue
    for (const value of values.split('|')) {
      expect(
        lines.some((line) => line.includes(`${label}="${value}"`)),
        `${name} ${value}`,
      ).toBe(true)
    }
  }
})

test('[HT3] every alert says what is wrong, how bad it is, and where to look', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  for (const { alert, labels, annotations } of rules) {
    expect(alert).toMatch(/^Signet[A-Z]\w+$/)
    expect(['page', 'ticket']).toContain(labels.severity)
    expect(annotations.summary, alert).toMatch(/\.$/)
    expect(annotations.description, alert).toMatch(/\.|\?$/)
  }
})

test('[HT3] no two panels lie on one another', () => {
  const cells = panels.flatMap(({ title, gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => ({ title, cell: `${x + (index % w)},${y + Math.floor(index / w)}` })),
  )
  expect(new Set(cells.map(({ cell }) => cell)).size).toBe(cells.length)
  expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24)
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
})
