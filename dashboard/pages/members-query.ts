import { queryOptions } from '@tanstack/react-query'
import { api } from '../stores/api.ts'

/** Who answers in a project. */
export function membersQuery(project: string) {
  return queryOptions({
    queryKey: ['members', project],
    queryFn: () => api('GET /projects/:project/members', { params: { project } }),
  })
}
