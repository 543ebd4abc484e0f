import { useQuery } from '@tanstack/react-query'
import type { Answer } from '../../../client/api.ts'
import { api, sentenceFor } from '../../stores/api.ts'
import type { Erasing } from '../../stores/erasing.ts'
import { held } from './held.ts'

/** What goes with him. A line of its own from the start, so that nothing moves when the numbers come. */
export function Holdings({ whom: { projectId: project, visitorId: visitor } }: { whom: Erasing }) {
  const { data, error } = useQuery({
    queryKey: ['holdings', project, visitor],
    queryFn: () => api('GET /projects/:project/visitors/:visitor', { params: { project, visitor } }),
    // Nobody should decide by what was.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  if (error) return <p className="dialog-strong">How much is stored is not known. {sentenceFor(error)}</p>
  return <p className="dialog-strong figures">{data ? goes(data) : '\u00a0'}</p>
}

function goes(holdings: Answer<'GET /projects/:project/visitors/:visitor'>): string {
  if (holdings.conversations === 0) return 'The profile and the sign-ins of this person go. There are no conversations.'
  const words = inOneBreath.format(held(holdings))
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} go, with the profile and the sign-ins of this person.`
}

const inOneBreath = new Intl.ListFormat('en-GB')
