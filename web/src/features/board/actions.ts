/** What can be done with a room: each door once. The server says which of them are open to whom. */

import { Brush, Check, CheckCheck, LogOut, Wrench, type LucideIcon } from 'lucide-react'
import { api, data } from '@/api/client'
import type { Room } from '@/api/queries'

export interface Action {
  icon: LucideIcon
  /** Beside what the server allows: whether it makes sense in this room. */
  fits?: (room: Room) => boolean
  perform: (id: string) => Promise<Room>
}

const at = (id: string) => ({ params: { path: { room_id: id } } })

export const ACTIONS = {
  'start-cleaning': { icon: Brush, perform: (id) => data(api.POST('/api/v1/rooms/{room_id}/start-cleaning', { ...at(id), body: {} })) },
  'mark-cleaned': { icon: Check, perform: (id) => data(api.POST('/api/v1/rooms/{room_id}/mark-cleaned', { ...at(id), body: {} })) },
  inspect: { icon: CheckCheck, perform: (id) => data(api.POST('/api/v1/rooms/{room_id}/inspect', { ...at(id), body: {} })) },
  'check-out': { icon: LogOut, fits: (room) => room.occupancy === 'occupied', perform: (id) => data(api.POST('/api/v1/rooms/{room_id}/check-out', { ...at(id), body: { mode: 'depart' } })) },
  'mark-maintenance': { icon: Wrench, perform: (id) => data(api.POST('/api/v1/rooms/{room_id}/mark-maintenance', { ...at(id), body: {} })) },
  'complete-maintenance': { icon: Wrench, perform: (id) => data(api.POST('/api/v1/rooms/{room_id}/complete-maintenance', { ...at(id), body: {} })) },
} satisfies Record<string, Action>
export type ActionName = keyof typeof ACTIONS

const isAction = (name: string): name is ActionName => name in ACTIONS

export function openActions(room: Room): ActionName[] {
  return room.allowed_actions.filter(isAction).filter((name) => (ACTIONS[name] as Action).fits?.(room) ?? true)
}
/** Ends a stay: asked once more. */
export const GRAVE: ReadonlySet<ActionName> = new Set(['check-out'])
