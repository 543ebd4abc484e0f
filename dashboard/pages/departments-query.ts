import { queryOptions } from '@tanstack/react-query'
import { api } from '../stores/api.ts'

export function departmentsQuery(project: string) {
  return queryOptions({
    queryKey: ['departments', project],
    queryFn: () => api('GET /projects/:project/departments', { params: { project } }),
    staleTime: 60_000,
  })
}
