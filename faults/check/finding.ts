/** A rule that did not hold. */
export interface Finding {
  rule: Rule
  /** Whose journal says so; nobody's where the database alone does. */
  who: string
  what: string
}

export type Rule =
  | 'acked and not stored'
  | 'stored otherwise than acked'
  | 'stored twice'
  | 'stored and never sent'
  | 'refused and stored'
  | 'refused wrongly'
  | 'taken wrongly'
  | 'never answered'
  | 'numbers with a hole'
  | 'order differs'
  | 'record differs'
  | 'shown and not stored'
  | 'shown otherwise than stored'
  | 'shown twice'
  | 'shown to a stranger'
  | 'cursor goes back'
  | 'cursor differs'
  | 'missed in the stream'
  | 'missed in the end'
  | 'kept in the end'
  | 'stale in the end'
  | 'API differs'
  | 'sent away'
  | 'shown after the end'
  | 'taken after the end'
  | 'left open'
  | 'kept for a slow reader'
  | 'not understood'

export const inWords = ({ rule, who, what }: Finding): string => `${rule}: ${who ? `${who}, ` : ''}${what}`
