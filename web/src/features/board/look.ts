/** How a room looks on the board: cleanliness gives the colour, unless the room is closed. */

import type { BoardRoom } from '@/api/queries'
import { plain } from '@/lib/digits'
import { groups } from '@/lib/sort'

export const LOOKS = ['dirty', 'pickup', 'cleaning', 'clean', 'inspected', 'out_of_order', 'out_of_service'] as const
export type Look = (typeof LOOKS)[number]

export function lookOf(room: BoardRoom): Look {
  if (room.service === 'out_of_service') return 'out_of_service'
  if (room.service && room.service !== 'in_service') return 'out_of_order'
  return room.condition
}

export const STAYS = ['due_in', 'due_out', 'stays', 'vacant'] as const
type Stay = (typeof STAYS)[number]

export function stayOf(room: BoardRoom): Stay {
  if (room.occupancy === 'occupied') return room.flags?.includes('due_out') ? 'due_out' : 'stays'
  return room.arrival ? 'due_in' : 'vacant'
}

export const ONLY = ['ready', 'arrivals', 'departures', 'unassigned', 'late', 'repairs', 'vip', 'queue', 'dnd'] as const
export type Only = (typeof ONLY)[number]
export const GROUPINGS = ['floor', 'section', 'type', 'attendant'] as const
export type Grouping = (typeof GROUPINGS)[number]

export interface Wanted {
  look?: Look
  only?: Only
  find?: string
  by?: Grouping
  room?: string
  kiosk?: string
}

const IS: Record<Only, (room: BoardRoom) => boolean> = {
  ready: (room) => room.ready,
  arrivals: (room) => room.arrival !== undefined && room.arrival !== null,
  departures: (room) => stayOf(room) === 'due_out',
  unassigned: (room) => room.tasks?.some((one) => !one.assignee_id) ?? false,
  late: (room) => room.flags?.includes('delayed') ?? false,
  repairs: (room) => (room.repair_required ?? 0) > 0,
  vip: (room) => room.flags?.includes('vip') ?? false,
  queue: (room) => room.flags?.includes('queue') ?? false,
  dnd: (room) => room.guest_service === 'do_not_disturb',
}

export function isWanted(room: BoardRoom, { look, only, find }: Wanted): boolean {
  if (look && lookOf(room) !== look) return false
  if (find && !plain(room.number).startsWith(plain(find))) return false
  return only === undefined || IS[only](room)
}

/** Who has the room's next task. */
export const holderOf = (room: BoardRoom): string | undefined => room.tasks?.find((one) => one.assignee_id)?.assignee_id ?? undefined

const GROUP: Record<Grouping, (room: BoardRoom) => string> = {
  floor: (room) => room.floor ?? '', section: (room) => room.section ?? '', type: (room) => room.room_type, attendant: (room) => holderOf(room) ?? '',
}

/** In the order in which the server gives them; what belongs nowhere comes last. */
export function grouped(rooms: readonly BoardRoom[], by: Grouping = 'floor'): [string, BoardRoom[]][] {
  const found = groups(rooms, GROUP[by])
  return [...found].toSorted(([one], [other]) => Number(one === '') - Number(other === ''))
}

export function counted(rooms: readonly BoardRoom[]): Record<Look, number> {
  const found = Object.fromEntries(LOOKS.map((one) => [one, 0])) as Record<Look, number>
  for (const one of rooms) found[lookOf(one)] += 1
  return found
}

export const countOnly = (rooms: readonly BoardRoom[]): Record<Only, number> =>
  Object.fromEntries(ONLY.map((one) => [one, rooms.filter(IS[one]).length])) as Record<Only, number>
