/** The questions about tasks, and the order in which one walks. */

import { queryOptions } from '@tanstack/react-query'
import { api, data } from '@/api/client'
import { every, MANY, type Task } from '@/api/queries'
import type { Given } from '@/components/form'
import { natural } from '@/lib/sort'
import { there } from '@/lib/there'

export const OPEN = ['pending', 'assigned', 'in_progress', 'paused'] as const satisfies readonly Task['state'][]
export const STATES = [...OPEN, 'completed', 'verified', 'rejected', 'cancelled', 'refused'] as const satisfies readonly Task['state'][]
export const UNSTARTED = new Set<Task['state']>(['pending', 'assigned'])
export const RUNNING = new Set<Task['state']>(['in_progress', 'paused'])

type Wanted = { assignee_id?: string; state: Task['state'][]; delayed?: boolean; floor?: string; type?: Task['type'][] }

const DONE = new Set<Task['state']>(['completed', 'verified'])
const DAY = 86_400_000

/** The open ones whole; of those done, which only ever get more, the last days alone. */
export const tasks = (place: string, wanted: Wanted, { keep = false, days = 1 } = {}) =>
  queryOptions({
    queryKey: ['tasks', place, wanted],
    queryFn: async ({ signal }) => {
      const ask = (state: Task['state'][], completed_after?: string): Promise<Task[]> => state.length === 0 ? Promise.resolve([]) :
        every((cursor) => data(api.GET('/api/v1/tasks', { params: { query: { property_id: place, limit: MANY, cursor, ...wanted, state, ...(completed_after && { completed_after }) } }, signal })))
      const since = new Date(there().getTime() - days * DAY).toISOString()
      const found = await Promise.all([ask(wanted.state.filter((one) => !DONE.has(one))), ask(wanted.state.filter((one) => DONE.has(one)), since)])
      return { items: [...new Map(found.flat().map((one) => [one.id, one])).values()] }
    },
    meta: { keep },
  })

export const task = (id: string) =>
  queryOptions({ queryKey: ['task', id], queryFn: ({ signal }) => data(api.GET('/api/v1/tasks/{task_id}', { params: { path: { task_id: id } }, signal })) })

/** A new task, and given to somebody; where that is refused it is there all the same, and the refusal beside it. */
export async function makeTask(place: string, { room, staff_id, ...given }: Given): Promise<{ made: Task; refused?: unknown }> {
  const made = await data(api.POST('/api/v1/tasks', { body: { ...given, property_id: place, ...(room ? { room_id: String(room) } : {}) } as never }))
  if (!staff_id) return { made }
  try {
    return { made: await data(api.POST('/api/v1/tasks/{task_id}/assign', { params: { path: { task_id: made.id } }, body: { staff_id: String(staff_id) } })) }
  } catch (refused) {
    return { made, refused }
  }
}

const HEAD: Record<string, number> = { in_progress: 0, paused: 1 }

/** What has begun first, then what is urgent, then floor by floor and door by door. */
export const walking = (one: Task, other: Task): number =>
  (HEAD[one.state] ?? 2) - (HEAD[other.state] ?? 2) ||
  Number(other.priority_level === 'urgent') - Number(one.priority_level === 'urgent') ||
  natural(one.floor ?? '', other.floor ?? '') || natural(one.room_number ?? '~', other.room_number ?? '~') || natural(one.id, other.id)

/** The order that the person chose, as far as it says something; the rest as one walks. */
export function ordered(items: readonly Task[], chosen: readonly string[]): Task[] {
  const at = new Map(chosen.map((id, n) => [id, n]))
  return items.toSorted((one, other) => (HEAD[one.state] ?? 2) - (HEAD[other.state] ?? 2) || (at.get(one.id) ?? 1e6) - (at.get(other.id) ?? 1e6) || walking(one, other))
}

/** Minutes that the work has taken so far, without its pauses. */
export function worked(one: Task, now: number): number {
  if (!one.started_at) return 0
  const end = one.completed_at ? Date.parse(one.completed_at) : one.paused_at ? Date.parse(one.paused_at) : now
  return Math.max(0, (end - Date.parse(one.started_at)) / 60_000 - one.paused_seconds / 60)
}

export const LOOK: Record<Task['state'], string> = {
  pending: 'out_of_service', assigned: 'clean', in_progress: 'cleaning', paused: 'pickup', completed: 'clean',
  verified: 'inspected', rejected: 'dirty', cancelled: 'out_of_service', refused: 'out_of_order',
}
