/** bin/faults: reads what was asked for, runs it, and tells what was found. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../scripts/sources.ts'
import { inWords } from './check/finding.ts'
import { runMutations } from './mutations.ts'
import { runRound, type Verdict } from './round.ts'
import { faultKinds, type StackKind } from './schedule.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    faults: { type: 'string' },
    seconds: { type: 'string' },
    visitors: { type: 'string' },
    only: { type: 'string', multiple: true },
    root: { type: 'string' },
    sqlite: { type: 'boolean' },
    cluster: { type: 'boolean' },
    mutations: { type: 'boolean' },
    quiet: { type: 'boolean' },
  },
})

const shownFindings = 40

// The package that brings PostgreSQL ends the process on a signal; a round stops everything that it has started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal)

if (values.mutations) process.exitCode = (await runMutations(console.log, values.only)) ? 0 : 1
else {
  const stacks: StackKind[] =
    values.sqlite === values.cluster ? ['sqlite', 'cluster'] : [values.sqlite ? 'sqlite' : 'cluster']
  let sound = true
  for (const stack of stacks) sound = (await round(stack)) && sound
  process.exitCode = sound ? 0 : 1
}
process.exit()

async function round(stack: StackKind): Promise<boolean> {
  const seed = number(values.seed) ?? Math.floor(Math.random() * 1_000_000)
  const seconds = number(values.seconds) ?? Math.ceil((number(values.faults) ?? 60) * 1.2)
  const faults = number(values.faults) ?? Math.ceil(seconds / 1.2)
  const only = values.only && faultKinds.filter((kind) => values.only?.some((part) => kind.includes(part)))
  console.log(`${stack}: seed ${seed}, ${faults} faults in ${seconds} s`)
  const verdict = await runRound({
    seed,
    seconds,
    faults,
    stack,
    visitors: number(values.visitors) ?? 20,
    tell: values.quiet ? () => {} : console.log,
    ...(only && { only }),
    ...(values.root && { root: values.root }),
  })
  report(stack, seed, verdict)
  return verdict.findings.length === 0 && verdict.deaths.length === 0 && verdict.failures.length === 0
}

function report(stack: StackKind, seed: number, verdict: Verdict): void {
  const { findings, deaths, failures, faults, messages, acked, frames, resumed, resets, ended, tooSlow, recoveredMs } =
    verdict
  for (const finding of findings.slice(0, shownFindings)) console.log(`  ${inWords(finding)}`)
  if (findings.length > shownFindings) console.log(`  and ${findings.length - shownFindings} more`)
  for (const death of deaths) console.log(`  ended by itself: ${death}`)
  for (const failure of failures) console.log(`  could not be done: ${failure}`)
  const kinds = Map.groupBy(findings, ({ rule }) => rule)
  console.log(`  ${[...kinds].map(([rule, { length }]) => `${rule}: ${length}`).join(', ') || 'nothing found'}`)
  const recovered = (recoveredMs / 1000).toFixed(1)
  console.log(
    `${stack}: seed ${seed}, ${faults.length} faults, ${messages} messages stored, ${acked} acks, ${frames} frames, ` +
      `${resumed} resumed, ${resets} resets, ${ended} ended, ${tooSlow} too slow, recovered in ${recovered} s; ${findings.length} findings, ${deaths.length} deaths`,
  )
  console.log(
    `  refused: ${Object.entries(verdict.refusals)
      .map(([code, times]) => `${code} ${times}`)
      .join(', ')}`,
  )
  if (findings.length + deaths.length + failures.length === 0) return
  const folder = join(root, 'node_modules/.cache/faults')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${stack}-${seed}.json`), JSON.stringify(verdict, null, 1))
  console.log(`  all of it in ${join(folder, `${stack}-${seed}.json`)}`)
}

function number(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[0-9]{1,9}$/.test(text)) throw new Error(`${text} is no number.`)
  return Number(text)
}
