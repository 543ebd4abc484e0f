import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../stores/api.ts'

export function apiKeysQuery(project: string) {
  return queryOptions({
    queryKey: ['api-keys', project],
    queryFn: () => api('GET /projects/:project/api-keys', { params: { project } }),
  })
}
