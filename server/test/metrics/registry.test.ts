import { expect, test } from 'vitest'
import { Registry } from '../../metrics/registry.ts'

test('[HT3] prints counters, gauges and histograms as Prometheus reads them', () => {
  const registry = new Registry()
  registry.counter('plain_total', 'Plain.').value += 2
  const tries = registry.counters('tries_total', 'Tries.', 'kind', 'outcome')
  tries.add('mail', 'failed')
  tries.add('mail', 'failed')
  tries.of('a"b\\c\nd', 'ok')
  const seconds = registry.histogram('wait_seconds', 'Waiting.\nLong.', [0.1, 1])
  for (const each of [0.05, 0.1, 0.5, 3]) seconds.observe(each)
  registry.gauge('free', 'Free.', () => ({ disk: Number.NaN, room: Number.POSITIVE_INFINITY }), 'of')
  registry.info('build', 'Build.', { version: '1' })
  expect(registry.text()).toBe(`# HELP plain_total Plain.
# TYPE plain_total counter
plain_total 2
# HELP tries_total Tries.
# TYPE tries_total counter
tries_total{kind="mail",outcome="failed"} 2
tries_total{kind="a\\"b\\\\c\\nd",outcome="ok"} 0
# HELP wait_seconds Waiting.\\nLong.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="0.1"} 2
wait_seconds_bucket{le="1"} 3
wait_seconds_bucket{le="+Inf"} 4
wait_seconds_sum 3.65
wait_seconds_count 4
# HELP free Free.
# TYPE free gauge
free{of="disk"} NaN
free{of="room"} +Inf
# HELP build Build.
# TYPE build gauge
build{version="1"} 1
`)
})

test('[HT3] what a stranger chooses makes no label without end', () => {
  const counters = new Registry().counters('closes_total', 'Closes.', 'code')
  for (let code = 0; code < 5_000; code += 1) counters.add(String(code))
  const lines = [...counters.lines('closes_total')]
  expect(lines.length).toBeLessThanOrEqual(201)
  expect(lines.at(-1)).toMatch(/^closes_total\{code="other"\} 4800/)
})

test('[HT3] a metric has one meaning', () => {
  const registry = new Registry()
  registry.counter('twice_total', 'Once.')
  expect(() => registry.counter('twice_total', 'Twice.')).toThrow('twice_total')
})
