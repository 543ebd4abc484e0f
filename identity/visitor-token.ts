import { type TokenErrorCode, TokenRefused } from './errors.ts'
import { applyRules, ruleOrder, type VerifiedToken, type VisitorTokenInput } from './rules.ts'

export type { VerifiedToken, VisitorIdentity, VisitorTokenInput } from './rules.ts'
export type { Algorithm, ImportedKey, SigningKey } from './signing-key.ts'

/**
 * Who a signed visitor token says its bearer is, and the live key that vouches for it (SPEC, VT1–VT16).
 *
 * The whole decision but two things that need a memory: whether a `jti` was used before, and whether the visitor may
 * come in. Costs at most 15 signature checks; a token longer than 8 KiB is refused unread.
 *
 * @throws {TokenRefused} for the first rule that fails, whatever the token is. Anything else thrown is a defect: a
 *   key that was imported for another algorithm than it is said to have.
 */
export function verifyVisitorToken(input: VisitorTokenInput): Promise<VerifiedToken> {
  return applyRules(input, async (_rule, run) => run())
}

export interface TokenCheck {
  /** Every rule in the order of deciding; those behind the one that failed were not reached. */
  rules: RuleOutcome[]
  /** What `verifyVisitorToken` gives, or throws. */
  result: VerifiedToken | TokenRefused
}

export interface RuleOutcome {
  /** Its number in SPEC, like `VT7`. */
  rule: string
  outcome: 'passed' | 'failed' | 'skipped'
  /** Why it failed, and at which claim or header parameter. */
  code?: TokenErrorCode
  field?: string
}

/** The same decision as `verifyVisitorToken`, told rule by rule for a person who looks for a fault (VS13). */
export async function checkVisitorToken(input: VisitorTokenInput): Promise<TokenCheck> {
  let passed = 0
  try {
    const result = await applyRules(input, async (_rule, run) => {
      const made = await run()
      passed += 1
      return made
    })
    return { result, rules: ruleOrder.map((rule) => ({ rule, outcome: 'passed' })) }
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    return { result: error, rules: ruleOrder.map((rule, place) => outcomeOf(rule, place - passed, error)) }
  }
}

function outcomeOf(rule: string, distance: number, { code, field }: TokenRefused): RuleOutcome {
  if (distance < 0) return { rule, outcome: 'passed' }
  if (distance > 0) return { rule, outcome: 'skipped' }
  return { rule, outcome: 'failed', code, ...(field !== undefined && { field }) }
}
