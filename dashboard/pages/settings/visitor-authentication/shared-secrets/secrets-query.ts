import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../../stores/api.ts'

const refreshMs = 10_000

export function secretsQuery(project: string) {
  return queryOptions({
    queryKey: ['shared-secrets', project],
    queryFn: () => api('GET /projects/:project/shared-secrets', { params: { project } }),
    refetchInterval: refreshMs,
  })
}

export const graces = [
  { value: '3600', text: '1 hour' },
  { value: '86400', text: '1 day' },
  { value: '604800', text: '7 days' },
  { value: '2592000', text: '30 days' },
] as const
export type Grace = (typeof graces)[number]['value']
