/** The questions that pages ask, each under its key. */

import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { api, data } from '@/api/client'
import type { components } from '@/api/schema'

export type Me = components['schemas']['MeOut']
export type Board = components['schemas']['BoardOut']
export type BoardRoom = components['schemas']['BoardRoom']
export type Room = components['schemas']['RoomOut']

export const me = () =>
  queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => data(api.GET('/api/v1/me', { signal })), staleTime: 60_000 })

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
  })

export const room = (id: string) =>
  queryOptions({
    queryKey: ['room', id],
    queryFn: ({ signal }) => data(api.GET('/api/v1/rooms/{room_id}', { params: { path: { room_id: id } }, signal })),
  })
