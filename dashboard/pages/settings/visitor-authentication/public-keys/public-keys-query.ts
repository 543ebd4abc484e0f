import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../../stores/api.ts'

const refreshMs = 10_000

export function publicKeysQuery(project: string) {
  return queryOptions({
    queryKey: ['public-keys', project],
    queryFn: () => api('GET /projects/:project/public-keys', { params: { project } }),
    refetchInterval: refreshMs,
  })
}
