/** The questions that more than one page asks, each under its key. `keep` says that a phone keeps the answer for a day. */

import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api, data } from '@/api/client'
import type { components } from '@/api/schema'

type Schemas = components['schemas']
export type Me = Schemas['MeOut']
export type Board = Schemas['BoardOut']
export type BoardRoom = Schemas['BoardRoom']
export type Room = Schemas['RoomOut']
export type Task = Schemas['TaskOut']
export type WorkOrder = Schemas['WorkOrderOut']
export type Staff = Schemas['StaffOut']
export type Category = Schemas['CategoryOut']

/** Orders that are not done yet. */
export const LIVE_ORDERS = ['open', 'assigned', 'in_progress', 'blocked'] as const satisfies readonly WorkOrder['state'][]
export const TASK_TYPES = [
  'checkout_cleaning', 'stay_over_cleaning', 'deep_cleaning', 'arrival_check', 'vacant_check', 'inspection', 'turndown', 'linen_change',
  'public_area_cleaning', 'restocking', 'maintenance_repair', 'laundry', 'flush', 'custom',
] as const satisfies readonly Task['type'][]

const KEEP = { keep: true }
const RARE = 300_000
export const MANY = 200

export const me = () =>
  queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => data(api.GET('/api/v1/me', { signal })), staleTime: 60_000, meta: KEEP })

const marks = new Map<string, string>()

/** The board of a property; while nothing changed the server says so, and what we have stays. */
export const board = (place: string, client: QueryClient) =>
  queryOptions({
    queryKey: ['board', place],
    queryFn: async ({ signal, queryKey }) => {
      const old = client.getQueryData<Board>(queryKey)
      const mark = old && marks.get(place)
      const asked = await api.GET('/api/v1/rooms', {
        params: { query: { property_id: place } }, signal, headers: mark ? { 'if-none-match': mark } : {},
      })
      if (asked.response.status === 304 && old) return old
      const found = await data(Promise.resolve(asked))
      const next = asked.response.headers.get('etag')
      if (next) marks.set(place, next)
      return found
    },
    staleTime: 15_000,
    structuralSharing: false,
    meta: KEEP,
  })

export const room = (id: string) =>
  queryOptions({
    queryKey: ['room', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/rooms/{room_id}', { params: { path: { room_id: id } }, signal })),
  })

/** A list that is read page by page. */
export function paged<T>(key: readonly unknown[], ask: (cursor: string | undefined, signal: AbortSignal) => Promise<{ items: T[]; next_cursor: string | null; total?: number | null }>) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })
}

/** All pages of a list that is short enough to have whole. */
export async function every<T>(ask: (cursor: string | undefined) => Promise<{ items: T[]; next_cursor: string | null }>): Promise<T[]> {
  const found: T[] = []
  let cursor: string | undefined
  do {
    const page = await ask(cursor)
    found.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return found
}

/** The people of a property: their names, and who of them still works here. */
export const people = (place: string) =>
  queryOptions({
    queryKey: ['staff', place, 'all'],
    queryFn: ({ signal }) =>
      every((cursor) => data(api.GET('/api/v1/staff', { params: { query: { property_id: place, limit: MANY, cursor } }, signal }))),
    staleTime: RARE,
  })

/** Names alone, for those who may not see the staff. */
export const peopleNames = (place: string) =>
  queryOptions({
    queryKey: ['people', place],
    queryFn: ({ signal }) =>
      every((cursor) => data(api.GET('/api/v1/people', { params: { query: { property_id: place, limit: MANY, cursor } }, signal }))),
    staleTime: RARE, meta: KEEP,
  })

export const categories = () =>
  queryOptions({
    queryKey: ['categories'],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/categories', { signal }))).items,
    staleTime: RARE, meta: KEEP,
  })

/** Where a fault may be beside the rooms: halls, floors, buildings. */
export const areas = (place: string) =>
  queryOptions({
    queryKey: ['spaces', place, 'areas'],
    queryFn: async ({ signal }) => {
      const all = await every((cursor) => data(api.GET('/api/v1/spaces', { params: { query: { property_id: place, limit: MANY, cursor } }, signal })))
      return all.flatMap(({ id, kind, name }) => (kind === 'room' ? [] : [{ id, name }]))
    },
    staleTime: RARE, meta: KEEP,
  })

export const settings = (place: string) =>
  queryOptions({
    queryKey: ['settings', place],
    queryFn: ({ signal }) => data(api.GET('/api/v1/settings/{property_id}', { params: { path: { property_id: place } }, signal })),
    staleTime: RARE, meta: KEEP,
  })
