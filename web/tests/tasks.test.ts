import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import type { Task, WorkOrder } from '@/api/queries'
import { healthLook } from '@/components/bits'
import { ordered, tasks, walking, worked } from '@/features/tasks/ask'
import { dueOf } from '@/features/work-orders/ask'
import { firstPage, PAGES, tabsOf } from '@/frame/pages'
import { businessDate, dateIn } from '@/lib/clock'
import { groups, natural } from '@/lib/sort'

const task = (more: Partial<Task>): Task => ({ id: more.room_number ?? 'x', state: 'assigned', floor: '1', priority_level: 'normal', room_number: '101', paused_seconds: 0, started_at: null, paused_at: null, completed_at: null, ...more }) as Task

describe('what is asked', () => {
  it('is of the done only what was done in the last 24 hours', async () => {
    const page = (...items: Task[]) => ({ data: { items, next_cursor: null }, response: new Response() }) as never
    const ask = vi.spyOn(api, 'GET').mockResolvedValueOnce(page(task({ id: 'a' }), task({ id: 'b' }))).mockResolvedValueOnce(page(task({ id: 'b', state: 'completed' })))
    const { items } = await new QueryClient().fetchQuery(tasks('prp_1', { state: ['assigned', 'completed', 'verified'] }))
    const asked = (ask.mock.calls as unknown[][]).map(([, one]) => (one as { params: { query: { state: string[]; completed_after?: string } } }).params.query)
    expect(asked.map((one) => one.state)).toEqual([['assigned'], ['completed', 'verified']])
    expect(asked[0]?.completed_after).toBeUndefined()
    expect(Math.abs(Date.now() - 86_400_000 - Date.parse(asked[1]?.completed_after ?? ''))).toBeLessThan(60_000)
    expect(items.map((one) => [one.id, one.state])).toEqual([['a', 'assigned'], ['b', 'completed']]) // done between the two
    ask.mockRestore()
  })
})

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

describe('the day of the hotel', () => {
  it('is of its zone, and ends with the night', () => {
    expect(dateIn('2026-03-01T20:00:00Z', 'Asia/Kabul')).toBe('2026-03-02')
    expect(businessDate('2026-03-01T20:00:00Z', 'Asia/Kabul', '04:00:00')).toBe('2026-03-01')
    expect(businessDate('2026-03-01T23:30:00Z', 'Asia/Kabul', '04:00:00')).toBe('2026-03-02')
    expect(businessDate('2026-03-01T23:29:59Z', 'Asia/Kabul', '04:00:00')).toBe('2026-03-01')
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
  it('shows the health of an asset alike everywhere', () => expect([49, 50, 74, 75].map(healthLook)).toEqual(['dirty', 'pickup', 'pickup', 'inspected']))
  it('counts as people do', () => expect(['10', '9', 'B2', '101'].toSorted(natural)).toEqual(['9', '10', '101', 'B2']))
  it('keeps the order of what it groups', () => expect([...groups([3, 1, 2, 4], (one) => one % 2)]).toEqual([[1, [3, 1]], [0, [2, 4]]]))
})
