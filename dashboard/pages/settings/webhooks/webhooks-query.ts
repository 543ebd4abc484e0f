import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../stores/api.ts'

const pageSize = '50'
const refreshMs = 5_000

export function webhooksQuery(project: string) {
  return queryOptions({
    queryKey: ['webhooks', project],
    queryFn: () => api('GET /projects/:project/webhooks', { params: { project } }),
    refetchInterval: refreshMs,
  })
}

export function deliveriesQuery(project: string, webhook: string) {
  return infiniteQueryOptions({
    queryKey: ['webhooks', project, webhook],
    queryFn: async ({ pageParam: page }) => {
      const key = 'GET /projects/:project/webhooks/:webhook/deliveries'
      const query = { limit: pageSize, ...(page !== null && { page }) }
      const { deliveries, nextPage } = await api(key, { params: { project, webhook }, query })
      return { entries: deliveries.map((delivery) => ({ ...delivery, at: delivery.createdAt })), nextPage }
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextPage }) => nextPage,
    // Whoever has gone back to older ones reads; whoever waits for one watches.
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : refreshMs),
  })
}
