import { queryOptions } from '@tanstack/react-query'
import { api } from '../stores/api.ts'

export function bansQuery(project: string) {
  return queryOptions({
    queryKey: ['bans', project],
    queryFn: () => api('GET /projects/:project/bans', { params: { project } }),
  })
}
