/** News about rooms, folded into the board: only what changed is a new object, and nothing old undoes what is newer. */

import type { Board, BoardRoom, Room } from '@/api/queries'
import type { Fact } from '@/api/live'

const FIELDS = [
  'occupancy', 'condition', 'service', 'guest_service', 'repair_required', 'room_status', 'codes', 'ready',
] as const satisfies readonly (keyof BoardRoom)[]

export const isAboutRoom = (fact: Fact): boolean => fact.type.includes('property.room.') && 'condition' in fact.data
/** What the board shows beside the rooms themselves: guests and tasks. */
export const isAboutBoard = (fact: Fact): boolean =>
  /property\.(room|stay|space|window)|housekeeping\.task/.test(fact.type)

export function fold(board: Board, facts: ReadonlyMap<string, Fact>): Board {
  let changed = false
  const items = board.items.map((room) => {
    const fact = facts.get(room.id)
    if (!fact || fact.sequence <= room.version) return room
    changed = true
    const next: BoardRoom = { ...room, version: fact.sequence }
    for (const name of FIELDS) if (name in fact.data) Object.assign(next, { [name]: fact.data[name] })
    return next
  })
  return changed ? { ...board, items } : board
}

/** A room as its own answer says it is, unless the board knows something newer. */
export function merged(one: BoardRoom, next: Room): BoardRoom {
  const { version, occupancy, condition, service, guest_service, repair_required, room_status, codes, ready } = next
  return version < one.version ? one : { ...one, version, occupancy, condition, service, guest_service, repair_required, room_status, codes, ready }
}
