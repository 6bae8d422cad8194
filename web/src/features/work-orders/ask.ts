/** The questions about work orders, and how their states look. */

import { queryOptions } from '@tanstack/react-query'
import { Ban, CheckCheck, CircleCheck, CircleDot, CirclePause, Hammer, UserRoundCheck, type LucideIcon } from 'lucide-react'
import { api, data } from '@/api/client'
import { LIVE_ORDERS, MANY, type WorkOrder } from '@/api/queries'

export type State = WorkOrder['state']
export const STATES = [...LIVE_ORDERS, 'resolved', 'verified', 'cancelled'] as const satisfies readonly State[]
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export const LOOK: Record<State, string> = { open: 'dirty', assigned: 'clean', in_progress: 'cleaning', blocked: 'pickup', resolved: 'inspected', verified: 'inspected', cancelled: 'out_of_service' }
export const SIGN: Record<State, LucideIcon> = { open: CircleDot, assigned: UserRoundCheck, in_progress: Hammer, blocked: CirclePause, resolved: CircleCheck, verified: CheckCheck, cancelled: Ban }

const at = (id: string) => ({ params: { path: { order_id: id } } })

export const order = (id: string) =>
  queryOptions({ queryKey: ['order', id], queryFn: ({ signal }) => data(api.GET('/api/v1/maintenance/work-orders/{order_id}', { ...at(id), signal })) })
export const notes = (id: string) =>
  queryOptions({ queryKey: ['order', id, 'notes'], queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/work-orders/{order_id}/notes', { params: { path: { order_id: id }, query: { limit: MANY } }, signal }))).items })
export const times = (id: string) =>
  queryOptions({ queryKey: ['order', id, 'times'], queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/work-orders/{order_id}/time-entries', { params: { path: { order_id: id }, query: { limit: MANY } }, signal }))).items })
export const history = (id: string) =>
  queryOptions({ queryKey: ['order', id, 'history'], queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/work-orders/{order_id}/history', { params: { path: { order_id: id }, query: { limit: MANY } }, signal }))).items })
export const costs = (id: string) =>
  queryOptions({ queryKey: ['order', id, 'costs'], queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/work-orders/{order_id}/costs', { ...at(id), signal }))).items })
export const used = (id: string) =>
  queryOptions({ queryKey: ['order', id, 'parts'], queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/work-orders/{order_id}/parts-usage', { ...at(id), signal }))).items })
export const sla = (id: string) =>
  queryOptions({ queryKey: ['order', id, 'sla'], queryFn: ({ signal }) => data(api.GET('/api/v1/maintenance/work-orders/{order_id}/sla', { ...at(id), signal })) })
export const hints = (id: string) =>
  queryOptions({ queryKey: ['order', id, 'hints'], queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/work-orders/{order_id}/hints', { ...at(id), signal }))).items })

export const vendors = () =>
  queryOptions({ queryKey: ['vendors', 'active'], staleTime: 300_000, queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/vendors', { params: { query: { active: true, limit: MANY } }, signal }))).items })
export const parts = (place: string) =>
  queryOptions({ queryKey: ['parts', place, 'active'], staleTime: 60_000, queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/parts', { params: { query: { property_id: place, active: true, limit: MANY } }, signal }))).items })

/** What the vendor was sent, and what they said to it. */
export const dispatch = (id: string) =>
  queryOptions({
    queryKey: ['order', id, 'dispatch'],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/dispatches', { params: { query: { order_id: id, limit: 20 } }, signal })))
      .items.find((one) => one.ended_at === null) ?? null,
  })

/** Orders that may be the same fault: alive, of the same place or thing, or of the same trade there. */
export const twins = (one: WorkOrder) =>
  queryOptions({
    queryKey: ['orders', 'twins', one.id],
    enabled: one.space_id !== null || one.asset_id !== null,
    queryFn: async ({ signal }) => {
      const query = { property_id: one.property_id, state: [...LIVE_ORDERS], limit: 50, ...(one.asset_id ? { asset_id: one.asset_id } : { space_id: one.space_id }) }
      const { items } = await data(api.GET('/api/v1/maintenance/work-orders', { params: { query }, signal }))
      return items.filter((other) => other.id !== one.id).toSorted((a, b) => Number(b.category === one.category) - Number(a.category === one.category))
    },
  })

/** What is due next, and whether it is late already. */
export function dueOf(one: WorkOrder): { at: string; what: 'respond' | 'resolve'; isLate: boolean; isNear: boolean } | null {
  if (one.state === 'resolved' || one.state === 'verified' || one.state === 'cancelled') return null
  if (one.respond_due_at && !one.responded_at) return { at: one.respond_due_at, what: 'respond', isLate: one.respond_breached_at !== null, isNear: one.respond_warned_at !== null }
  if (one.resolve_due_at) return { at: one.resolve_due_at, what: 'resolve', isLate: one.resolve_breached_at !== null, isNear: one.resolve_warned_at !== null }
  return null
}
