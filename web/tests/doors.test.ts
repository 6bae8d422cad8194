import { QueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import type { BoardRoom, Room } from '@/api/queries'
import { bulkNeeds, comingTo, openActions, roomActions, uses } from '@/features/board/actions'

const t = ((key: string, holes?: Record<string, string>) => [key, holes?.who].filter(Boolean).join(' ')) as unknown as TFunction
const shown = (arrival?: string): BoardRoom => ({ id: 'spc_1', ...(arrival && { arrival: { arrival } }) }) as BoardRoom
const stay = (id: string, arrival: string) => ({ id, arrival, guest_name: null, booking_reference: id.toUpperCase() })
const answer = (data: unknown) => ({ data, response: new Response() }) as never
afterEach(() => vi.restoreAllMocks())

describe('who is checked in', () => {
  it('is the one whom the board expects today, and is named', async () => {
    const ask = vi.spyOn(api, 'GET').mockResolvedValue(answer({ items: [stay('stale', '2026-03-01T10:00:00Z'), stay('due', '2026-03-01T20:30:00Z')] }))
    const coming = await new QueryClient().fetchQuery(comingTo('prp_1', shown('2026-03-01T20:30:00.000Z'), 'Asia/Kabul'))
    expect(ask.mock.calls[0]?.[1]).toMatchObject({ params: { query: { room_id: 'spc_1', state: 'confirmed', arrival_date: '2026-03-02' } } })
    const door = roomActions(t, { coming })['check-in']
    expect(door.sure).toBe('act.arrives DUE')
    const said = vi.spyOn(api, 'POST').mockResolvedValue(answer({}))
    await door.perform({ id: 'spc_1' } as Room)
    expect(said.mock.calls[0]?.[1]).toMatchObject({ body: { stay_id: 'due' } })
  })
  it('is nobody known where nobody is expected', async () => {
    expect(comingTo('prp_1', shown(), 'Asia/Kabul').enabled).toBe(false)
    const said = vi.spyOn(api, 'POST').mockResolvedValue(answer({}))
    await roomActions(t)['check-in'].perform({ id: 'spc_1' } as Room)
    expect(said.mock.calls[0]?.[1]).toMatchObject({ body: {} })
    expect(said.mock.calls[0]?.[1]).not.toHaveProperty('body.stay_id')
  })
})

describe('the doors of a room', () => {
  const room = { occupancy: 'vacant', condition: 'clean', service: 'in_service', ready: true, queue: false, allowed_actions: [] } as unknown as Room
  const open = (mine: string[], pickup = true): string[] => openActions(room, roomActions(t, { policies: { pickup, inspects: true } }), (one) => mine.includes(one))
  it('are those that the server opens to a role', () => {
    expect(open(['room.clean'])).toEqual(['dirty', 'pickup', 'guest'])
    expect(open(['room.front_desk', 'room.bulk'])).toEqual(['dirty', 'guest', 'queue'])
    expect(open(['room.read'])).toEqual([])
  })
  it('leave out what the property does not use', () => {
    expect(open(['room.clean'], false)).toEqual(['dirty', 'guest'])
    expect(uses('pickup', undefined)).toBe(false)
    expect(uses('inspected', { pickup: false, inspects: false })).toBe(false)
  })
  it('of many rooms ask for the word of housekeeping', () => {
    expect(bulkNeeds('dirty')).toBe('room.clean')
    expect(bulkNeeds('inspected')).toBe('room.inspect')
  })
})
