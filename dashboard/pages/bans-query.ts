import { queryOptions } from '@tanstack/react-query'
import { api } from '../stores/api.ts'
import { everyPage } from '../stores/every-page.ts'

export function bansQuery(project: string) {
  return queryOptions({
    queryKey: ['bans', project],
    queryFn: async () => ({
      bans: await everyPage(async (query) => {
        const { bans, nextPage } = await api('GET /projects/:project/bans', { params: { project }, query })
        return { rows: bans, nextPage }
      }),
    }),
  })
}
