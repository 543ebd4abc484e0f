/** The steps of bin/test, each with its time. All run, whatever happens to the others; the last line sums up. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './sources.ts'

interface Count {
  passed: number
  failed: number
  skipped: number
}

type Step = [name: string, run: () => Count]

const reports = mkdtempSync(join(tmpdir(), 'signet-check-'))
// The tests of the server note here what was answered, and check-api.ts reads it.
process.env.SIGNET_ANSWERS_SEEN = join(reports, 'answers-seen')

const steps: Step[] = [
  ['types', () => check('tsc')],
  ['style', () => check('biome', 'check')],
  ['build', () => check('sh', '-c', '. bin/lib/install.sh && build_browser_parts')],
  ['sizes', () => check('node', 'scripts/check-sizes.ts')],
  ['tests', () => tests('vitest.config.ts', '--coverage')],
  ['api', () => check('node', 'scripts/check-api.ts')],
  ['faults', () => tests('faults/vitest.config.ts')],
  ['journeys', () => tests('e2e/vitest.config.ts')],
]

const results = steps.map(runStep)
rmSync(reports, { recursive: true, force: true })
console.log(`\n${results.map(({ line }) => line).join('\n')}\n`)
const total = results.map(({ count }) => count).reduce(sum)
console.log(inWords(total))
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

function runStep([name, run]: Step) {
  console.log(`\n── ${name}`)
  const began = performance.now()
  const count = run()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  // Not of the form of the last line, which sums up and must be the only one like it.
  const verdict = count.failed > 0 ? `${count.failed} FAILED` : 'ok'
  const line = `${name.padEnd(10)}${seconds.padStart(7)} s   ${verdict}`
  console.log(`── ${line}`)
  return { line, count }
}

function check(command: string, ...args: string[]): Count {
  const passed = run(command, args)
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 }
}

function tests(config: string, ...args: string[]): Count {
  const report = join(reports, `${config.replaceAll('/', '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const passed = run('vitest', ['run', '--config', config, ...reporters, ...args])
  const count = counted(report)
  // A run can fail without a failed test: a file that does not load, an error that nobody caught, no test at all.
  const failed = passed && count.passed > 0 ? count.failed : Math.max(count.failed, 1)
  return { ...count, failed }
}

function counted(report: string): Count {
  try {
    const said: Partial<Record<string, unknown>> = JSON.parse(readFileSync(report, 'utf8'))
    const number = (name: string) => Number(said[name] ?? 0)
    return {
      passed: number('numPassedTests'),
      failed: number('numFailedTests'),
      skipped: number('numPendingTests') + number('numTodoTests'),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function run(command: string, args: string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

function sum(a: Count, b: Count): Count {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

function inWords({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
}
