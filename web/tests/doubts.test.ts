import { beforeEach, expect, it, vi } from 'vitest'

vi.mock('@/api/session', () => ({ token: async () => 'mine', again: async () => false, end: () => undefined }))
const sent: string[] = []
let answers: (() => Response)[] = []
vi.stubGlobal('fetch', async (asked: Request) => {
  sent.push(asked.headers.get('idempotency-key') ?? '')
  return (answers.shift() ?? (() => new Response('{}')))()
})
const { api, data } = await import('@/api/client')
const { forgetDoubts } = await import('@/lib/doubts')

const lost = (): never => { throw new TypeError('no network') }
const write = (text: string): Promise<unknown> => data(api.POST('/api/v1/maintenance/work-orders/{order_id}/notes', { baseUrl: 'http://house', params: { path: { order_id: 'mnt_1' } }, body: { text } })).catch(() => null)

beforeEach(() => {
  sent.length = 0
  forgetDoubts()
})

it('is the same command until it is answered, if it says the same', async () => {
  answers = [lost, () => new Response('{}', { status: 502 })]
  for (const text of ['Drips', 'Drips', 'Drips', 'Drips']) await write(text)
  const [first, second, third, fourth] = sent
  expect([second, third]).toEqual([first, first])
  expect(fourth).not.toBe(first)
})
it('is another one if it says something else, or if its form was left', async () => {
  answers = [lost, lost]
  await write('Drips')
  await write('Leaks')
  forgetDoubts()
  await write('Drips')
  expect(new Set(sent).size).toBe(3)
})
