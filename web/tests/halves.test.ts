import { afterEach, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { makeTask } from '@/features/tasks/ask'
import { take } from '@/features/tasks/auto-assign'
import { upload } from '@/frame/photos'

const answer = (data: unknown) => ({ data, response: new Response() }) as never
const refusal = () => ({ error: { code: 'conflict', detail: 'No.' }, response: new Response(null, { status: 409 }) }) as never
afterEach(() => vi.restoreAllMocks())

it('makes one task, also where it could not be given to anybody', async () => {
  const post = vi.spyOn(api, 'POST').mockResolvedValueOnce(answer({ id: 'tsk_1' })).mockResolvedValueOnce(refusal())
  const { made, refused } = await makeTask('prp_1', { type: 'custom', staff_id: 'stf_1' })
  expect([made.id, (refused as Error).message]).toEqual(['tsk_1', 'No.'])
  expect((post.mock.calls as unknown[][]).map(([path]) => path)).toEqual(['/api/v1/tasks', '/api/v1/tasks/{task_id}/assign'])
})

it('sends a photo under one key, however often the form is pressed', async () => {
  const post = vi.spyOn(api, 'POST').mockResolvedValueOnce(answer({ id: 'fil_1' })).mockResolvedValueOnce(refusal())
    .mockResolvedValueOnce(answer({ id: 'fil_1' })).mockResolvedValueOnce(answer({ id: 'fil_2' }))
  const photos = ['a', 'b'].map((name) => ({ name, blob: new Blob([name]) }))
  await expect(upload('prp_1', photos)).rejects.toThrow('No.')
  expect(await upload('prp_1', photos)).toEqual(['fil_1', 'fil_2'])
  const [a, b, ...again] = (post.mock.calls as unknown[][]).map(([, one]) => (one as { headers: Record<string, string> }).headers['idempotency-key'])
  expect(again).toEqual([a, b])
  expect(a).not.toBe(b)
})

it('gives out the plan that was shown', async () => {
  const shown = Array.from({ length: 201 }, (_, n) => ({ task_id: `tsk_${n}`, assignee_id: 'stf_1', room_number: null, reason: '' }))
  const post = vi.spyOn(api, 'POST').mockResolvedValue(answer({ results: [{ ok: true }] }))
  await take(shown)
  const said = (post.mock.calls as unknown[][]).map(([path, one]) => [path, (one as { body: { planned: boolean; items: unknown[] } }).body] as const)
  expect(said.map(([path, body]) => [path, body.planned, body.items.length])).toEqual([['/api/v1/tasks/bulk-assign', true, 200], ['/api/v1/tasks/bulk-assign', true, 1]])
  expect(said[1]?.[1].items).toEqual([{ task_id: 'tsk_200', staff_id: 'stf_1' }])
})
