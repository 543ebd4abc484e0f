/** How one option is read: nothing but spaces counts as unset, and what cannot be is one sentence with its name (HT4). */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

export type Environment = Record<string, string | undefined>

export function text(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value === '' ? undefined : value
}

export function wholeNumber(
  environment: Environment,
  name: string,
  otherwise: number,
  { least, most } = { least: 1, most: 1_000_000_000 },
): number {
  const value = text(environment, name)
  if (value === undefined) return otherwise
  const number = Number(value)
  if (!/^[0-9]+$/.test(value) || number < least || number > most) {
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, not "${value}".`)
  }
  return number
}

export function share(environment: Environment, name: string, otherwise: number): number {
  const value = text(environment, name)
  if (value === undefined) return otherwise
  if (!/^(0|1|0?\.[0-9]+|1\.0+)$/.test(value)) {
    throw new ConfigError(`${name} must be a number from 0 to 1, not "${value}".`)
  }
  return Number(value)
}

export function flag(environment: Environment, name: string): boolean {
  return oneOf(environment, name, ['true', 'false'] as const, 'false') === 'true'
}

export function oneOf<Choice extends string>(
  environment: Environment,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  const value = text(environment, name)
  if (value === undefined) return otherwise
  const choice = choices.find((candidate) => candidate === value)
  if (!choice) throw new ConfigError(`${name} must be one of ${choices.join(', ')}, not "${value}".`)
  return choice
}

/** What a whole address must look like, and the end of the sentence that says so. */
type Shape = readonly [RegExp, string]
export const named: Shape = [/^\w+:\/\/[^/]/, ' and names the server']
export const numbered: Shape = [/^\w+:\/\/[^/]*(\/[0-9]*)?$/, ' and ends there or in the number of a database']

/** The address of a server. It may hold a password, so it is not echoed. */
export function address(
  environment: Environment,
  name: string,
  protocols: string[],
  shape?: Shape,
): string | undefined {
  const value = text(environment, name)
  if (value === undefined) return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url && protocols.includes(url.protocol) && (shape?.[0].test(url.href) ?? true)) return value
  const begins = protocols.map((protocol) => `${protocol}//`).join(' or ')
  throw new ConfigError(`${name} must be an address that begins with ${begins}${shape?.[1] ?? ''}.`)
}

/** Something that cannot be guessed and fits a header. It is not echoed. */
export function token(environment: Environment, name: string): string | undefined {
  const value = text(environment, name)
  if (value === undefined || /^[\x21-\x7e]{16,200}$/.test(value)) return value
  throw new ConfigError(`${name} must be 16 to 200 letters, digits and signs without a space (openssl rand -hex 32).`)
}

/** 32 bytes, as 64 hexadecimal digits or as base64. */
export function masterKey(environment: Environment, name: string): Uint8Array | undefined {
  const value = text(environment, name)
  if (value === undefined) return undefined
  const bytes = /^[0-9a-fA-F]{64}$/.test(value) ? Buffer.from(value, 'hex') : Buffer.from(value, 'base64')
  // The value itself must not be echoed: it may be a real key with a typing mistake.
  if (bytes.length !== 32) {
    throw new ConfigError(`${name} must be 32 bytes: 64 hexadecimal digits, or base64 (openssl rand -base64 32).`)
  }
  return bytes
}
