/** What the manager's page asks: how it stands now, and how some days went. All begins with one key, so that news make all of it old. */

import { parseDate, toZoned } from '@internationalized/date'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, data } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Now = Schemas['RealTimeOut']
export type Arrival = Schemas['NowArrival']
export type Alert = Schemas['AlertOut']
export type Kept = Schemas['Kept']

/** Business dates, from the first to the last of them. */
export interface Days {
  first: string
  last: string
}
export const daysUntil = (last: string, many: number): Days => ({ first: parseDate(last).subtract({ days: many - 1 }).toString(), last })

const STALE = 15_000
/** Time makes things late also where nothing happens. */
const EVERY = 60_000
const common = { staleTime: STALE, placeholderData: keepPreviousData } as const
const of = (place: string, { first, last }: Days) => ({ query: { property_id: place, first, last } })

export const now = (place: string) =>
  queryOptions({ queryKey: ['dash', 'now', place], queryFn: ({ signal }) => data(api.GET('/api/v1/dashboard/real-time', { params: { query: { property_id: place } }, signal })), staleTime: STALE, refetchInterval: EVERY })

export const alerts = (place: string) =>
  queryOptions({ queryKey: ['dash', 'alerts', place], queryFn: ({ signal }) => data(api.GET('/api/v1/dashboard/alerts', { params: { query: { property_id: place } }, signal })), staleTime: STALE, refetchInterval: EVERY })

export const taskMetrics = (place: string, days: Days) =>
  queryOptions({ queryKey: ['dash', 'tasks', place, days], queryFn: ({ signal }) => data(api.GET('/api/v1/dashboard/metrics/tasks', { params: of(place, days), signal })), ...common })

export const orderMetrics = (place: string, days: Days) =>
  queryOptions({ queryKey: ['dash', 'orders', place, days], queryFn: ({ signal }) => data(api.GET('/api/v1/dashboard/metrics/maintenance', { params: of(place, days), signal })), ...common })

export const overview = (place: string, days: Days) =>
  queryOptions({ queryKey: ['dash', 'overview', place, days], queryFn: ({ signal }) => data(api.GET('/api/v1/analytics/overview', { params: of(place, days), signal })), ...common })

export const costs = (place: string, days: Days) =>
  queryOptions({ queryKey: ['dash', 'costs', place, days], queryFn: ({ signal }) => data(api.GET('/api/v1/analytics/costs', { params: of(place, days), signal })), ...common })

export const promises = (place: string, zone: string, days: Days) =>
  queryOptions({
    queryKey: ['dash', 'promises', place, zone, days],
    queryFn: ({ signal }) => {
      const from = toZoned(parseDate(days.first), zone).toAbsoluteString()
      const to = toZoned(parseDate(days.last).add({ days: 1 }), zone).toAbsoluteString()
      return data(api.GET('/api/v1/sla/performance', { params: { query: { property_id: place, from, to } }, signal }))
    },
    ...common,
  })

/** The share of promises that were kept. One that still runs is neither kept nor broken; of none, nothing is said. */
export function keptShare(rows: readonly Kept[]): number | null {
  const kept = rows.reduce((all, one) => all + one.respond_kept + one.resolve_kept, 0)
  const broken = rows.reduce((all, one) => all + one.respond_breached + one.resolve_breached, 0)
  return kept + broken === 0 ? null : kept / (kept + broken)
}
