import { queryOptions } from '@tanstack/react-query'

/** What the widget says by itself: by language, and there by name. */
export type KnownTexts = Record<string, Record<string, string>>

/** Made from the widget's own texts, and fetched by whoever opens these settings alone. */
export const knownTextsQuery = queryOptions({
  queryKey: ['widget-texts'],
  queryFn: async (): Promise<KnownTexts> => {
    const response = await fetch('/docs/widget-texts.json')
    if (!response.ok) throw new Error('The texts are not there.')
    return response.json()
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

const most = 6

/** Those that hold what is sought, in their words or their name. */
export function textsWith(sought: string, texts: Record<string, string>): [name: string, text: string][] {
  const wanted = sought.trim().toLowerCase()
  if (wanted === '') return []
  return Object.entries(texts)
    .filter((named) => named.some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, most)
}
