/** What an attendant does with a task, as commands that wait for the network; each says what it changes, so that it shows at once. */

import type { Task } from '@/api/queries'
import { there } from '@/lib/there'
import { put, type Command, type Photo } from '@/offline/outbox'

export type WorkMove = 'start' | 'pause' | 'resume' | 'complete' | 'refuse' | 'help'
type Answers = Record<string, boolean | number | string | null>

const PATCH: Record<WorkMove, (now: string, one: Task) => Record<string, unknown>> = {
  start: (now) => ({ state: 'in_progress', started_at: now, allowed_actions: ['pause', 'complete', 'refuse', 'help'] }),
  pause: (now) => ({ state: 'paused', paused_at: now, allowed_actions: ['resume', 'complete', 'refuse', 'help'] }),
  resume: (now, one) => ({
    state: 'in_progress', paused_at: null, allowed_actions: ['pause', 'complete', 'refuse', 'help'],
    paused_seconds: one.paused_seconds + (one.paused_at ? (Date.parse(now) - Date.parse(one.paused_at)) / 1000 : 0),
  }),
  complete: (now) => ({ state: 'completed', completed_at: now, allowed_actions: [] }),
  refuse: () => ({ state: 'refused', allowed_actions: [] }),
  help: () => ({}),
}

const base = (one: Task, by: string, number: string) =>
  ({ by, place: one.property_id, about: one.id, values: { number }, read: `/api/v1/tasks/${one.id}` }) as const

/** Its time is when it was done, not when the network came back. */
export function move(one: Task, name: WorkMove, by: string, number: string, more: Record<string, unknown> = {}): Promise<Command> {
  const now = there().toISOString()
  return put({
    ...base(one, by, number), label: `command.${name}`, method: 'POST', path: `/api/v1/tasks/${one.id}/${name}`,
    body: { occurred_at: now, ...more }, patch: { ...PATCH[name](now, one), ...(name === 'start' && { assignee_id: by }) },
  })
}

/** The answers given so far go with the end of the work; before that they are kept as one command. */
export function answer(one: Task, answers: Answers, by: string, number: string): Promise<Command> {
  const checklist = one.checklist.map((line) => (line.key in answers ? { ...line, answer: answers[line.key] } : line))
  return put({ ...base(one, by, number), label: 'command.answer', method: 'PATCH', path: `/api/v1/tasks/${one.id}`, body: { checklist: answers }, patch: { checklist }, anyVersion: true })
}

/** A person or their things where nobody should be, or nobody where somebody should be. */
export function observe(one: Task, by: string, number: string, occupancy: 'vacant' | 'occupied', note: string, photos: Photo[]): Promise<Command> {
  return put({
    ...base(one, by, number), about: `observe:${one.room_id ?? one.id}`, label: 'command.observe', method: 'POST', photos,
    path: `/api/v1/rooms/${one.room_id}/observations`, body: { occupancy, ...(note && { note }) },
  })
}
