/** What went wrong, for the page and for whoever looks at its console. */
export interface Trouble {
  code: string
  message: string
  field?: string
}

export type Report = (trouble: Trouble) => void

/** The one console line of a failure (WG6). */
export function logTrouble({ code, message, field }: Trouble): void {
  // biome-ignore lint/suspicious/noConsole: a developer of the page looks here first
  console.error(`[signet] ${code}${field ? ` (${field})` : ''}: ${message}`)
}

export function troubleOf(error: unknown): Trouble {
  const { code = 'unknown', message = String(error), field } = (error ?? {}) as Partial<Trouble>
  return { code, message, ...(field && { field }) }
}
