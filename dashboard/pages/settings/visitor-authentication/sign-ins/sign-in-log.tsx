import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { SignInRefusal } from '../../../../../protocol/admin-records.ts'
import { isErrorCode, sentenceOf } from '../../../../../protocol/errors.ts'
import { api } from '../../../../stores/api.ts'
import { Log } from '../../log.tsx'
import { SettingGroup } from '../../setting-group.tsx'
import { useProject } from '../../use-project.ts'
import { useKeyNames } from '../key-names.ts'
import { MendLink } from './mend-link.tsx'
import { refusalWords } from './refusal-words.ts'

const pageSize = '50'
const refreshMs = 10_000

function signInLogQuery(project: string) {
  return infiniteQueryOptions({
    queryKey: ['sign-in-log', project],
    queryFn: async ({ pageParam: page }) => {
      const query = { limit: pageSize, ...(page !== null && { page }) }
      const answer = await api('GET /projects/:project/sign-in-log', { params: { project }, query })
      return { entries: answer.refusals, nextPage: answer.nextPage }
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextPage }) => nextPage,
    // Whoever has gone back to older ones reads; whoever waits for his own attempt watches.
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : refreshMs),
  })
}

/** The sign-ins that were refused, and why (VS12). */
export function SignInLog() {
  const { project } = useProject()
  const query = useInfiniteQuery(signInLogQuery(project.id))
  const keyName = useKeyNames(project.id)
  return (
    <SettingGroup title="Refused sign-ins" sentence="Those of the last 30 days, at most 1,000. No token is kept.">
      <Log query={query} empty={<Nothing projectId={project.id} />}>
        {(refusal) => <Refusal refusal={refusal} keyName={keyName} />}
      </Log>
    </SettingGroup>
  )
}

interface RefusalProps {
  refusal: SignInRefusal
  keyName: (id: string) => string | undefined
}

function Refusal({ refusal, keyName }: RefusalProps) {
  const { code, hint, keyId, origin } = refusal
  const sentence = hint ?? (isErrorCode(code) ? sentenceOf(code) : undefined)
  return (
    <>
      <p className="log-title">{refusalWords(refusal)}</p>
      {sentence && <p className="log-hint">{sentence}</p>}
      <p className="log-facts">
        <code className="mono">{code}</code>
        {keyId !== null && <span className="mono">{keyName(keyId) ?? 'a key that is gone'}</span>}
        {origin !== null && <bdi>{origin}</bdi>}
        <span>
          <MendLink code={code} />
        </span>
      </p>
    </>
  )
}

function Nothing({ projectId }: { projectId: string }) {
  return (
    <>
      <strong>No sign-in has been refused</strong>
      <span>
        When one is, it stands here within seconds: when, why, through which key and from which site. To try a token
        yourself, <Link to={`/projects/${projectId}/settings/visitor-authentication/check`}>check it</Link>.
      </span>
    </>
  )
}
