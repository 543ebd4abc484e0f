import type { TokenCheck } from '../../../../../protocol/admin-records.ts'
import { isErrorCode, sentenceOf } from '../../../../../protocol/errors.ts'
import { cleanName } from '../../../../parts/clean-name.ts'
import { Icon } from '../../../../parts/icon.tsx'
import { MendLink } from './mend-link.tsx'
import { ruleName } from './rules.ts'
import '../../../../styles/verdict.css'

type Outcome = TokenCheck['rules'][number]

/** What came of a check: whom the token would sign in, or the one rule that refuses it and why. */
export function Verdict({ check: { accepted, rules, visitor } }: { check: TokenCheck }) {
  return (
    <div className="verdict" data-accepted={accepted || undefined}>
      <p className="verdict-head">
        <Icon name={accepted ? 'check' : 'close'} size={16} />
        {accepted ? 'This token is accepted.' : 'This token is refused.'}
      </p>
      {visitor && <Whom visitor={visitor} />}
      <ol className="verdict-rules" aria-label="Rules">
        {rules.map((outcome) => (
          <Rule key={outcome.rule} outcome={outcome} />
        ))}
      </ol>
    </div>
  )
}

function Whom({ visitor: { externalId, name, email } }: { visitor: NonNullable<TokenCheck['visitor']> }) {
  const facts = [
    ['External id', externalId],
    ['Name', cleanName(name)],
    ['E-mail', cleanName(email)],
  ] as const
  return (
    <div className="verdict-whom">
      <p>It would sign in:</p>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value === null ? <span className="verdict-none">none</span> : <bdi>{value}</bdi>}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** For whoever listens: the verdict, and the rule that gave it, without the twelve others. */
export function summaryOf({ accepted, rules }: TokenCheck): string {
  const failed = rules.find(({ outcome }) => outcome === 'failed')
  if (accepted || failed === undefined) return accepted ? 'This token is accepted.' : 'This token is refused.'
  return `This token is refused. ${ruleName(failed.rule)}: failed. ${failed.hint ?? ''}`
}

const marks = { passed: 'check', failed: 'close', skipped: 'dash' } as const
const said = { passed: 'Passed', failed: 'Failed', skipped: 'Not reached' }

function Rule({ outcome: { rule, outcome, code, field, hint } }: { outcome: Outcome }) {
  return (
    <li className="verdict-rule" data-outcome={outcome}>
      <Icon name={marks[outcome]} size={16} />
      <div>
        <p className="verdict-name">
          {ruleName(rule)}
          <span className={outcome === 'passed' ? 'visually-hidden' : 'verdict-said'}>
            <span className="visually-hidden">: </span>
            {said[outcome]}
          </span>
        </p>
        {outcome === 'failed' && (
          <div className="verdict-why">
            {code && <p>{isErrorCode(code) ? sentenceOf(code) : code}</p>}
            {hint && <p className="verdict-hint">{hint}</p>}
            {code && (
              <p className="verdict-code">
                <code className="mono">{code}</code>
                {field && (
                  <>
                    {' '}
                    · <code className="mono">{field}</code>
                  </>
                )}{' '}
                · <MendLink code={code} />
              </p>
            )}
          </div>
        )}
      </div>
    </li>
  )
}
