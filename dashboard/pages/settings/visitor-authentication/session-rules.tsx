import type { Project } from '../../../../protocol/records.ts'
import { Choice, OpenChoice } from '../../../parts/choice.tsx'
import { longSpan } from '../../../parts/time.ts'
import { SettingGroup } from '../setting-group.tsx'
import { useInstant, useProject } from '../use-project.ts'

/** How long a sign-in lasts (VS2), whether its token is good once (VT13), and what becomes of what came before it (VS7). */
export function SessionRules() {
  const { project, change } = useProject()
  const [seconds, chooseSeconds] = useInstant(project.verifiedSessionSeconds, (verifiedSessionSeconds) =>
    change({ verifiedSessionSeconds }),
  )
  const [once, chooseOnce] = useInstant(project.singleUseTokens, (singleUseTokens) => change({ singleUseTokens }))
  const [carryOver, chooseCarryOver] = useInstant(project.anonymousCarryOver, (anonymousCarryOver) =>
    change({ anonymousCarryOver }),
  )
  return (
    <>
      <SettingGroup
        title="Sessions"
        sentence="A token is exchanged for a session. When it runs out, your page is asked for a fresh token."
      >
        <Choice
          label="A signed-in session lasts"
          options={lastingWith(seconds)}
          value={String(seconds)}
          onChange={(next) => void chooseSeconds(Number(next))}
        />
        <Choice
          label="A token signs in"
          options={uses}
          value={once ? 'once' : 'often'}
          onChange={(next) => void chooseOnce(next === 'once')}
        />
      </SettingGroup>
      <SettingGroup
        title="Written before sign-in"
        sentence="Somebody chats without a name, then signs in on the same browser. What came before stays marked as unverified."
      >
        <OpenChoice
          label="What becomes of the anonymous conversation"
          labelHidden
          options={carryOvers}
          value={carryOver}
          onChange={(next) => void chooseCarryOver(next)}
        />
      </SettingGroup>
    </>
  )
}

const lasting = [600, 3_600, 43_200, 86_400, 604_800, 2_592_000]

/** A length that was set through the API is on the list too. */
function lastingWith(seconds: number) {
  return [...new Set([...lasting, seconds])]
    .sort((one, other) => one - other)
    .map((each) => ({ value: String(each), text: longSpan(each * 1_000) }))
}

const uses = [
  { value: 'often', text: 'Until it expires', hint: 'A page that is reloaded may give the same token again.' },
  { value: 'once', text: 'Once', hint: 'Each token must carry a jti of its own.' },
] as const

const carryOvers = [
  { value: 'ask', text: 'Ask', hint: 'The visitor is asked: “Keep it in your account?”' },
  { value: 'always', text: 'Always keep', hint: 'It moves into the account. Not for computers that people share.' },
  { value: 'never', text: 'Never keep', hint: 'It stays behind, and is not shown to whoever signs in.' },
] as const satisfies readonly { value: Project['anonymousCarryOver']; text: string; hint: string }[]
