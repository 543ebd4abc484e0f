/** The commands of bin/, in this process or in one of their own that can be ended. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Command, runCommand } from '../../operate/command.ts'

export type Environment = Record<string, string>

export interface Outcome {
  code: number
  said: string
  complained: string
}

export async function run(command: Command, typed: string[], environment: Environment): Promise<Outcome> {
  const outcome: Outcome = { code: 0, said: '', complained: '' }
  outcome.code = await runCommand(command, typed, environment, {
    say: (sentence) => {
      outcome.said += `${sentence}\n`
    },
    complain: (sentence) => {
      outcome.complained += `${sentence}\n`
    },
  })
  return outcome
}

export function spawnCommand(name: string, typed: string[], environment: Environment): ChildProcess {
  const program = join(import.meta.dirname, '../../operate/run.ts')
  const env = { PATH: process.env.PATH ?? '', ...environment }
  const child = spawn(process.execPath, [program, name, ...typed], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  // A test that fails leaves none behind.
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Ends it after so long; true if it had not ended by itself. */
export async function killedAfter(child: ChildProcess, ms: number): Promise<boolean> {
  const ended = once(child, 'close')
  const timer = setTimeout(() => child.kill('SIGKILL'), ms)
  const [, signal] = await ended
  clearTimeout(timer)
  return signal === 'SIGKILL'
}

/** The same numbers for the same seed, from 0 to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
