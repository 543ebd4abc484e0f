/** bin/fuzz: reads what was asked for, sends it, and tells what was found. */
import { parseArgs } from 'node:util'
import { keep, readCorpus } from './corpus.ts'
import { megabytes, runRound } from './round.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    frames: { type: 'string', default: '600000' },
    bodies: { type: 'string', default: '400000' },
    seconds: { type: 'string' },
    root: { type: 'string' },
  },
})

const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : number(values.seed)
console.log(`seed ${seed}`)
const { findings, memory, outcomes, ...sent } = await runRound({
  seed,
  frames: number(values.frames),
  bodies: number(values.bodies),
  ...(values.seconds !== undefined && { seconds: number(values.seconds) }),
  corpus: readCorpus(),
  ...(values.root && { root: values.root }),
  tell: console.log,
})

console.log(
  Object.entries(outcomes)
    .map(([name, times]) => `${name}: ${times}`)
    .join(', '),
)
for (const finding of findings) {
  console.log(`\n${finding.rule}: ${finding.what}`)
  // A copy of the server that was broken on purpose shows nothing about this one.
  if (!values.root) console.log(`  kept: ${keep(finding).join(', ') || 'nothing'}`)
  if (finding.cases[0]) console.log(`  ${JSON.stringify(finding.cases[0]).slice(0, 1_000)}`)
}
const { warm, end } = memory
console.log(
  `\nseed ${seed}: ${sent.frames} frames and ${sent.bodies} bodies in ${sent.seconds.toFixed(0)} s, ` +
    `RSS ${megabytes(warm.rss)} → ${megabytes(end.rss)}, heap ${megabytes(warm.heap)} → ${megabytes(end.heap)}, ` +
    `slowest probe ${sent.slowestProbeMs.toFixed(0)} ms; ${findings.length} findings`,
)
process.exit(findings.length === 0 ? 0 : 1)

function number(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new Error(`${text} is no number.`)
  return Number(text)
}
