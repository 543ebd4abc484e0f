/**
 * Breaks the server on purpose, in a copy of the tree, and expects that a round finds it out. Each patch in
 * `mutations/` is a mistake that somebody could make.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../scripts/sources.ts'
import type { Rule } from './check/finding.ts'
import { type RoundOptions, runRound, type Verdict } from './round.ts'
import type { FaultKind, StackKind } from './schedule.ts'

interface Mutation {
  patch: string
  stack: StackKind
  only: FaultKind[]
  /** One of these has to be found. */
  expected: (Rule | 'a node ended')[]
}

const cuts: FaultKind[] = ['cut a socket in mid-frame', 'cut every connection', 'send somebody away']

const secrets: FaultKind[] = ['rotate the secret', 'renew a session']
const sight: FaultKind[] = ['take a conversation away', 'change a role']

export const mutations: Mutation[] = [
  {
    patch: 'ack-before-commit',
    stack: 'sqlite',
    only: ['kill -9 a node', 'fill the disk'],
    expected: ['acked and not stored', 'shown and not stored'],
  },
  {
    patch: 'ack-before-commit-on-postgres',
    stack: 'cluster',
    only: ['kill -9 a node', 'cut the database', 'restart PostgreSQL at once'],
    expected: ['acked and not stored', 'shown and not stored'],
  },
  { patch: 'no-idempotency', stack: 'sqlite', only: [...cuts, 'kill -9 a node'], expected: ['stored twice'] },
  { patch: 'cursor-one-too-far', stack: 'sqlite', only: cuts, expected: ['missed in the stream', 'missed in the end'] },
  { patch: 'cursor-one-too-near', stack: 'sqlite', only: cuts, expected: ['shown twice', 'cursor goes back'] },
  { patch: 'resume-begins-at-the-end', stack: 'sqlite', only: cuts, expected: ['missed in the end', 'cursor differs'] },
  {
    patch: 'hub-ignores-holes',
    stack: 'cluster',
    only: ['drop bus messages', 'delay bus messages'],
    expected: ['missed in the stream', 'missed in the end'],
  },
  {
    patch: 'log-and-bus-both',
    stack: 'cluster',
    only: ['delay bus messages', 'freeze a node', 'cut every connection'],
    expected: ['shown twice', 'cursor goes back'],
  },
  { patch: 'everybody-hears', stack: 'sqlite', only: cuts, expected: ['shown to a stranger'] },
  {
    patch: 'broken-connection-ends-node',
    stack: 'cluster',
    only: ['restart PostgreSQL at once', 'cut the database'],
    expected: ['a node ended'],
  },
  {
    patch: 'doors-stay-open',
    stack: 'sqlite',
    only: secrets,
    expected: ['shown after the end', 'taken after the end'],
  },
  { patch: 'session-outlives-secret', stack: 'sqlite', only: secrets, expected: ['left open', 'sent away'] },
  {
    patch: 'signed-out-and-listening',
    stack: 'cluster',
    only: ['sign somebody out', 'renew a session'],
    expected: ['shown after the end', 'taken after the end'],
  },
  { patch: 'gone-is-not-told', stack: 'sqlite', only: sight, expected: ['kept in the end'] },
  { patch: 'sight-is-not-asked', stack: 'sqlite', only: sight, expected: ['shown after the end'] },
  {
    patch: 'role-kept-while-away',
    stack: 'sqlite',
    only: ['change a role', 'send somebody away', 'cut every connection'],
    expected: ['kept in the end', 'missed in the end', 'missed in the stream'],
  },
  {
    patch: 'removed-member-stays',
    stack: 'sqlite',
    only: ['remove a member'],
    expected: ['shown after the end', 'taken after the end'],
  },
  {
    patch: 'page-skipped',
    stack: 'sqlite',
    only: ['stop reading'],
    expected: ['missed in the stream', 'missed in the end'],
  },
  { patch: 'slow-reader-kept', stack: 'sqlite', only: ['stop reading'], expected: ['kept for a slow reader'] },
  {
    patch: 'failed-write-acked',
    stack: 'cluster',
    only: ['fill the disk'],
    expected: ['acked and not stored', 'shown and not stored'],
  },
]

const seeds = [1, 2, 3]

/** True when each was found out; `only` are parts of names. */
export async function runMutations(tell: (line: string) => void, only?: readonly string[]): Promise<boolean> {
  let all = true
  for (const mutation of mutations.filter(({ patch }) => !only || only.some((part) => patch.includes(part)))) {
    const found = await inCopy(mutation.patch, (copy) => findOut(mutation, copy))
    tell(`${mutation.patch.padEnd(30)} ${found ?? 'NOT FOUND'}`)
    all &&= found !== undefined
  }
  return all
}

/** What was found, and with which seed. */
async function findOut({ stack, only, expected }: Mutation, copy: string): Promise<string | undefined> {
  for (const seed of seeds) {
    const options: RoundOptions = { seed, stack, only, faults: 20, seconds: 15, visitors: 12, root: copy, patience: 10 }
    const found = foundBy(await runRound(options))
    const right = expected.filter((rule) => found.has(rule))
    if (right.length > 0) return `seed ${seed}: ${right.map((rule) => `${rule} (${found.get(rule)})`).join(', ')}`
  }
  return undefined
}

function foundBy({ findings, deaths }: Verdict): Map<Rule | 'a node ended', number> {
  const counts = new Map<Rule | 'a node ended', number>()
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  if (deaths.length > 0) counts.set('a node ended', deaths.length)
  return counts
}

async function inCopy<Result>(patch: string, work: (copy: string) => Promise<Result>): Promise<Result> {
  const copy = join(mkdtempSync(join(tmpdir(), 'signet-mutation-')), 'tree')
  git(root, 'worktree', 'add', '--detach', copy, 'HEAD')
  try {
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    git(copy, 'apply', join(import.meta.dirname, 'mutations', `${patch}.patch`))
    return await work(copy)
  } finally {
    git(root, 'worktree', 'remove', '--force', copy)
    rmSync(join(copy, '..'), { recursive: true, force: true })
  }
}

function git(cwd: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}
