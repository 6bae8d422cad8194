/** How a room looks on the board: cleanliness gives the colour, unless the room is closed. */

import type { BoardRoom } from '@/api/queries'

export const LOOKS = ['dirty', 'pickup', 'cleaning', 'clean', 'inspected', 'out_of_order', 'out_of_service'] as const
export type Look = (typeof LOOKS)[number]

export function lookOf(room: BoardRoom): Look {
  if (room.service === 'out_of_service') return 'out_of_service'
  if (room.service && room.service !== 'in_service') return 'out_of_order'
  return room.condition
}

export const STAYS = ['due_in', 'due_out', 'stays', 'vacant'] as const
export type Stay = (typeof STAYS)[number]

export function stayOf(room: BoardRoom): Stay {
  if (room.occupancy === 'occupied') return room.flags?.includes('due_out') ? 'due_out' : 'stays'
  return room.arrival ? 'due_in' : 'vacant'
}

export interface Wanted {
  look?: Look
  only?: 'arrivals' | 'repairs' | 'vip' | 'unassigned'
  find?: string
}

export function isWanted(room: BoardRoom, { look, only, find }: Wanted): boolean {
  if (look && lookOf(room) !== look) return false
  if (find && !room.number.toLowerCase().startsWith(find.trim().toLowerCase())) return false
  if (only === 'arrivals') return room.arrival !== undefined && room.arrival !== null
  if (only === 'repairs') return (room.repair_required ?? 0) > 0
  if (only === 'vip') return room.flags?.includes('vip') ?? false
  if (only === 'unassigned') return room.tasks?.some((one) => !one.assignee_id) ?? false
  return true
}

export function byFloor(rooms: readonly BoardRoom[]): [string, BoardRoom[]][] {
  const floors = new Map<string, BoardRoom[]>()
  for (const one of rooms) {
    const floor = one.floor ?? ''
    const there = floors.get(floor)
    if (there) there.push(one)
    else floors.set(floor, [one])
  }
  return [...floors]
}

export function counted(rooms: readonly BoardRoom[]): Record<Look, number> {
  const found = Object.fromEntries(LOOKS.map((one) => [one, 0])) as Record<Look, number>
  for (const one of rooms) found[lookOf(one)] += 1
  return found
}
