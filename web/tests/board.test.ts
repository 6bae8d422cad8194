import { describe, expect, it } from 'vitest'
import type { Board, BoardRoom } from '@/api/queries'
import { fold, isAboutBoard, isAboutRoom } from '@/features/board/fold'
import { grouped, counted, isWanted, lookOf, stayOf } from '@/features/board/look'
import type { Fact } from '@/api/live'

const room = (more: Partial<BoardRoom> = {}): BoardRoom =>
  ({ id: 'spc_1', number: '101', version: 3, room_type: 'DBL', floor: '1', occupancy: 'vacant', condition: 'dirty',
     room_status: 'CHECKOUT_DIRTY', codes: ['VD'], ...more }) as BoardRoom
const board = (...items: BoardRoom[]): Board => ({ items }) as Board
const news = (data: Record<string, unknown>, sequence: number): Fact =>
  ({ id: 'evt_1', type: 'property.room.status_changed.v1', sequence, data })

describe('news about rooms', () => {
  it('changes what is new and keeps every other object', () => {
    const other = room({ id: 'spc_2' })
    const before = board(room(), other)
    const after = fold(before, new Map([['spc_1', news({ id: 'spc_1', condition: 'clean', occupancy: 'vacant' }, 4)]]))
    expect(after.items[0]).toMatchObject({ condition: 'clean', version: 4, number: '101' })
    expect(after.items[1]).toBe(other)
  })
  it('is not undone by what is older, nor drawn again for nothing', () => {
    const before = board(room())
    expect(fold(before, new Map([['spc_1', news({ id: 'spc_1', condition: 'clean' }, 3)]]))).toBe(before)
    expect(fold(before, new Map())).toBe(before)
  })
  it('is told from what else happens', () => {
    expect(isAboutRoom(news({ id: 'spc_1', condition: 'clean' }, 4))).toBe(true)
    expect(isAboutRoom({ ...news({}, 1), type: 'housekeeping.task.created.v1' })).toBe(false)
    expect(isAboutBoard({ ...news({}, 1), type: 'housekeeping.task.created.v1' })).toBe(true)
    expect(isAboutBoard({ ...news({}, 1), type: 'maintenance.part.low.v1' })).toBe(false)
  })
})

describe('how a room looks', () => {
  it('is closed before it is dirty', () => {
    expect(lookOf(room())).toBe('dirty')
    expect(lookOf(room({ service: 'out_of_order' }))).toBe('out_of_order')
    expect(lookOf(room({ service: 'out_of_inventory' }))).toBe('out_of_order')
    expect(lookOf(room({ service: 'out_of_service' }))).toBe('out_of_service')
  })
  it('says who is in it and who comes', () => {
    expect(stayOf(room())).toBe('vacant')
    expect(stayOf(room({ arrival: { arrival: '2026-03-02', adults: 1, children: 0, vip: false, eta: null } }))).toBe('due_in')
    expect(stayOf(room({ occupancy: 'occupied', flags: ['due_out'] }))).toBe('due_out')
    expect(stayOf(room({ occupancy: 'occupied' }))).toBe('stays')
  })
  it('is counted and filtered', () => {
    const rooms = [room(), room({ id: 'b', number: '202', floor: '2', condition: 'clean', repair_required: 1, flags: ['vip'] })]
    expect(counted(rooms)).toMatchObject({ dirty: 1, clean: 1, inspected: 0 })
    expect(grouped(rooms).map(([floor, there]) => [floor, there.length])).toEqual([['1', 1], ['2', 1]])
    expect(rooms.filter((one) => isWanted(one, { look: 'clean' }))).toHaveLength(1)
    expect(rooms.filter((one) => isWanted(one, { find: ' ۲۰' }))).toHaveLength(1)
    expect(rooms.filter((one) => isWanted(one, { only: 'repairs' }))).toHaveLength(1)
    expect(rooms.filter((one) => isWanted(one, { only: 'vip', look: 'dirty' }))).toHaveLength(0)
    expect(rooms.filter((one) => isWanted(one, { only: 'arrivals' }))).toHaveLength(0)
    expect(rooms.filter((one) => isWanted(one, { only: 'unassigned' }))).toHaveLength(0)
  })
})
