/** What went wrong, for the page and for whoever looks at its console. */
export interface Trouble {
  code: string
  message: string
  field?: string | undefined
}

export type Report = (error: unknown) => void

/** The one console line of a failure (WG6): what, why, and where it says how to mend it. */
export function logTrouble({ code, message, field }: Trouble, base: string): void {
  const what = field ? `${code} (${field})` : code
  // biome-ignore lint/suspicious/noConsole: a developer of the page looks here first
  console.error(`[signet] ${what}: ${message} ${base}/docs/sign-in-errors#${code}`)
}

export function troubleOf(error: unknown): Trouble {
  const { code = 'unknown', message = String(error), field } = (error ?? {}) as Partial<Trouble>
  return { code, message, field }
}
