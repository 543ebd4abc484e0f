/** What the commands of bin/ share: how they are called, how they speak, and how they fail. */
import { type Config, readConfig } from '../config.ts'
import { isForOperators } from '../for-operators.ts'

export interface Command {
  /** What to type, shown to whoever types something else. */
  usage: string
  run(call: Call): Promise<void>
}

export interface Call {
  /** What is no option. */
  words: readonly string[]
  options: ReadonlySet<string>
  config: Config
  say(sentence: string): void
}

/** The message is a sentence for the operator. */
export class CommandError extends Error {
  override name = 'CommandError'
}

/** Runs a command as it was typed; gives its exit code. */
export async function runCommand(
  { usage, run }: Command,
  typed: readonly string[],
  environment: Record<string, string | undefined>,
  { say, complain }: { say(sentence: string): void; complain(sentence: string): void },
): Promise<number> {
  try {
    const known = new Set(usage.match(/--[a-z-]+/g) ?? [])
    const options = new Set(typed.filter((word) => word.startsWith('--')))
    const words = typed.filter((word) => !word.startsWith('--'))
    if (options.has('--help')) say(usage)
    else if ([...options].some((option) => !known.has(option))) throw new CommandError(usage)
    else await run({ words, options, config: readConfig(environment), say })
    return 0
  } catch (error) {
    complain(explain(error))
    return 1
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (isForOperators(error)) return error.message
  // Of the file system, with the path in it, or of SQLite, such as a full disk.
  if ('syscall' in error || ('code' in error && error.code === 'ERR_SQLITE_ERROR')) return `${error.message}.`
  return error.stack ?? error.message
}
