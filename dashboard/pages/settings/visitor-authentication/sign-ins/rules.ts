/** What each rule of a token asks, in the order in which they decide (VT1–VT13). */
const names: Record<string, string> = {
  VT1: 'It is a JWT',
  VT2: 'Its algorithm is accepted',
  VT3: 'The key is known here',
  VT5: 'The signature is right',
  VT4: 'The key is still in force',
  VT6: 'external_id, iat and exp are there',
  VT7: 'Its times are in seconds',
  VT8: 'It is not from the future',
  VT9: 'It lives 10 minutes at most',
  VT10: 'It has not expired',
  VT11: 'Name, e-mail and the rest have a form that they can have',
  VT12: 'It is meant for this project',
  VT13: 'It is for this browser, and has not been used before',
}

/** A rule that is new to this page goes by its number. */
export function ruleName(rule: string): string {
  return names[rule] ?? rule
}
