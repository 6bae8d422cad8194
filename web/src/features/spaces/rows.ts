/** Rooms out of a file: each row as it would be made, with what is wrong in it. */

import type { components } from '@/api/schema'
import { latin } from '@/lib/digits'
import type { Fault } from '@/lib/problem'

export const COLUMNS = ['number', 'room_type', 'floor', 'section', 'capacity', 'name'] as const
type ColumnName = (typeof COLUMNS)[number]
type Draft = components['schemas']['RoomDraft']
/** Why a row cannot be made: the end of a key of words. */
export type Wrong = 'noNumber' | 'noType' | 'twice' | 'there' | 'capacity'
export interface Row {
  /** Its line in the file. */
  line: number
  cells: Record<ColumnName, string>
  wrong: Wrong[]
}

export const TEMPLATE = `${COLUMNS.join(',')}\n101,A,1,east,2,\n102,B,1,east,3,Corner room\n`
const WHOLE = /^[1-9]\d{0,3}$/

/** Lines without a word are passed over, and counted. */
export function rowsOf(found: readonly Record<string, string | undefined>[], there: ReadonlySet<string>): Row[] {
  const seen = new Set<string>()
  return found.flatMap((one, index) => {
    if (!Object.values(one).some((cell) => typeof cell === 'string' && cell.trim())) return []
    const cells = Object.fromEntries(COLUMNS.map((name) => [name, (one[name] ?? '').trim()])) as Row['cells']
    cells.capacity = latin(cells.capacity)
    cells.number = latin(cells.number)
    const wrong: Wrong[] = []
    if (!cells.number) wrong.push('noNumber')
    if (!cells.room_type) wrong.push('noType')
    if (cells.number && seen.has(cells.number)) wrong.push('twice')
    if (there.has(cells.number)) wrong.push('there')
    if (cells.capacity && !WHOLE.test(cells.capacity)) wrong.push('capacity')
    seen.add(cells.number)
    return [{ line: index + 2, cells, wrong }]
  })
}

export const draftOf = ({ cells }: Row): Draft => ({
  number: cells.number, room_type: cells.room_type, floor: cells.floor || null, section: cells.section || null, name: cells.name || null,
  capacity: cells.capacity ? Number(cells.capacity) : null,
})

/** What the server found wrong, by the row it is about: `/rooms/3/number`. */
export function faultsOf(faults: readonly Fault[]): Map<number, string> {
  const found = new Map<number, string>()
  for (const { pointer, message } of faults) {
    const parts = pointer.split('/').filter((one) => one !== '' && one !== 'body')
    const at = Number(parts[1])
    if (parts[0] !== 'rooms' || !Number.isInteger(at)) continue
    found.set(at, [found.get(at), `${parts.slice(2).join(' ')} ${message}`.trim()].filter(Boolean).join(' '))
  }
  return found
}
