import { describe, expect, it } from 'vitest'
import type { Task, WorkOrder } from '@/api/queries'
import { ordered, walking, worked } from '@/features/tasks/ask'
import { dueOf } from '@/features/work-orders/ask'
import { firstPage, PAGES, tabsOf } from '@/frame/pages'
import { groups, natural } from '@/lib/sort'

const task = (more: Partial<Task>): Task => ({ id: more.room_number ?? 'x', state: 'assigned', floor: '1', priority_level: 'normal', room_number: '101', paused_seconds: 0, started_at: null, paused_at: null, completed_at: null, ...more }) as Task

describe('the way from room to room', () => {
  it('begins with what has begun, then what is urgent, then floor by floor and door by door', () => {
    const all = [task({ room_number: '1010', floor: '10' }), task({ room_number: '203', floor: '2' }), task({ room_number: '99', floor: '1' }), task({ room_number: '305', floor: '3', priority_level: 'urgent' }), task({ room_number: '204', floor: '2', state: 'in_progress' })]
    expect(all.toSorted(walking).map((one) => one.room_number)).toEqual(['204', '305', '99', '203', '1010'])
  })
  it('is the person\'s own where they chose one', () => {
    const all = ['101', '102', '103'].map((room_number) => task({ room_number }))
    expect(ordered(all, ['103', 'gone', '101']).map((one) => one.id)).toEqual(['103', '101', '102'])
  })
  it('counts the work without its pauses', () => {
    const begin = Date.parse('2026-03-01T08:00:00Z')
    expect(worked(task({}), begin)).toBe(0)
    expect(worked(task({ started_at: '2026-03-01T08:00:00Z', paused_seconds: 600 }), begin + 3_600_000)).toBe(50)
    expect(worked(task({ started_at: '2026-03-01T08:00:00Z', paused_at: '2026-03-01T08:20:00Z' }), begin + 3_600_000)).toBe(20)
  })
})

describe('what is due', () => {
  const order = (more: Partial<WorkOrder>): WorkOrder => ({ state: 'open', respond_due_at: 'R', resolve_due_at: 'D', responded_at: null, respond_breached_at: null, resolve_breached_at: null, respond_warned_at: null, resolve_warned_at: null, ...more }) as WorkOrder
  it('is an answer first, then the end, then nothing', () => {
    expect(dueOf(order({}))).toMatchObject({ at: 'R', what: 'respond', isLate: false })
    expect(dueOf(order({ responded_at: 'x', resolve_breached_at: 'y' }))).toMatchObject({ at: 'D', what: 'resolve', isLate: true })
    expect(dueOf(order({ state: 'resolved' }))).toBeNull()
  })
})

describe('where people begin', () => {
  it('is with their own work, unless they give out that of others', () => {
    expect(firstPage(['task.start', 'room.read'])).toBe('/my-tasks')
    expect(firstPage(['task.start', 'task.assign', 'room.bulk'])).toBe('/board')
    expect(firstPage(['workorder.work', 'room.read'])).toBe('/work-orders')
    expect(firstPage(['room.read'])).toBe('/board')
  })
  it('has four tabs at the most', () => {
    expect(tabsOf(PAGES).map((one) => one.to)).toEqual(['/board', '/work-orders', '/tasks', '/dashboard'])
    expect(tabsOf(PAGES.filter((one) => one.permission === 'task.start' || one.permission === 'room.read')).map((one) => one.to)).toEqual(['/my-tasks', '/board'])
  })
})

describe('small things', () => {
  it('counts as people do', () => expect(['10', '9', 'B2', '101'].toSorted(natural)).toEqual(['9', '10', '101', 'B2']))
  it('keeps the order of what it groups', () => expect([...groups([3, 1, 2, 4], (one) => one % 2)]).toEqual([[1, [3, 1]], [0, [2, 4]]]))
})
