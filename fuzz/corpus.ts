/** Inputs that once broke something. Every round plays them first. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Finding } from './case.ts'

const folder = join(import.meta.dirname, 'corpus')
const suspects = join(import.meta.dirname, '../node_modules/.cache/fuzz')

export interface Kept {
  what: string
  case: Case
}

export function readCorpus(): Case[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.map((name) => {
    const kept: Kept = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    return kept.case
  })
}

/** Gives back the names of the files. */
export function keep({ rule, what, cases }: Finding): string[] {
  // Of many that were under way together most are innocent: they are for looking at.
  const into = cases.length === 1 ? folder : suspects
  mkdirSync(into, { recursive: true })
  return cases.map((each) => {
    const text = `${JSON.stringify({ what: `${rule}: ${what.slice(0, 200)}`, case: each }, null, 2)}\n`
    const name = `${rule}-${createHash('sha256').update(JSON.stringify(each)).digest('hex').slice(0, 8)}.json`
    writeFileSync(join(into, name), text)
    return join(into, name)
  })
}
