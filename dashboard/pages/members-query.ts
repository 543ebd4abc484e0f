import { queryOptions } from '@tanstack/react-query'
import { api } from '../stores/api.ts'
import { everyPage } from '../stores/every-page.ts'

/** Who answers in a project. */
export function membersQuery(project: string) {
  return queryOptions({
    queryKey: ['members', project],
    queryFn: async () => ({
      members: await everyPage(async (query) => {
        const { members, nextPage } = await api('GET /projects/:project/members', { params: { project }, query })
        return { rows: members, nextPage }
      }),
    }),
  })
}
