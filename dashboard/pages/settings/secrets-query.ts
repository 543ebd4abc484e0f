import { queryOptions } from '@tanstack/react-query'
import type { SharedSecret } from '../../../protocol/records.ts'
import { plural } from '../../parts/time.ts'
import { api } from '../../stores/api.ts'

const refreshMs = 10_000

export function secretsQuery(project: string) {
  return queryOptions({
    queryKey: ['shared-secrets', project],
    queryFn: () => api('GET /projects/:project/shared-secrets', { params: { project } }),
    refetchInterval: refreshMs,
  })
}

/** "14 people are connected through this secret" and how many sessions end (SS7). */
export function consequence(secrets: readonly Pick<SharedSecret, 'connected' | 'sessions'>[]): string {
  const connected = sum(secrets.map((secret) => secret.connected))
  const sessions = sum(secrets.map((secret) => secret.sessions))
  const through = secrets.length === 1 ? 'this secret' : `these ${secrets.length} secrets`
  if (sessions === 0 && connected === 0) return `Nobody is signed in through ${through}.`
  const people = connected === 1 ? '1 person is' : `${connected.toLocaleString('en')} people are`
  const ends = `${plural(sessions, 'session')} will end`
  if (connected === 0) return `Nobody is connected through ${through}; ${ends}.`
  return `${people} connected through ${through}; they will be signed out. In all, ${ends}.`
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

export const graces = [
  { value: '3600', text: '1 hour' },
  { value: '86400', text: '1 day' },
  { value: '604800', text: '7 days' },
  { value: '2592000', text: '30 days' },
] as const
export type Grace = (typeof graces)[number]['value']
