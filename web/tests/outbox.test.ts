import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const tokens = { token: vi.fn(async (): Promise<string | null> => 'mine') }
vi.mock('@/api/session', () => tokens)
const stood: ((streams: { stream: string; epoch: number; position: number }[]) => void)[] = []
vi.mock('@/api/live', () => ({ hear: (listener: { stood: (typeof stood)[number] }) => { stood.push(listener.stood); return () => undefined } }))

const { put, known, overlaid, readBack, retry, waits } = await import('@/offline/outbox')
const { onAnswer, startSending } = await import('@/offline/sender')
const { commands, database, stand, wipe } = await import('@/offline/store')

interface Sent { path: string; key: string; body: unknown }
const sent: Sent[] = []
let answers: ((one: Sent) => Response)[] = []
const ok = (body: object = { id: 'tsk_1' }): Response => new Response(JSON.stringify(body), { status: 200 })
const refuse = (status: number, code: string): Response => new Response(JSON.stringify({ status, code, detail: code }), { status })
const order = (about: string, path = `/tasks/${about}/start`) => ({ by: 'stf_1', place: 'prp_1', about, label: 'command.start', method: 'POST' as const, path, body: { note: 'n' }, patch: { state: 'in_progress' } })
const settled = (): Promise<void> => vi.waitFor(() => expect(known().filter((one) => one.state === 'queued')).toEqual([]))
let stop = (): void => undefined

beforeEach(async () => {
  sent.length = 0
  stood.length = 0
  answers = []
  tokens.token.mockImplementation(async () => 'mine')
  vi.stubGlobal('fetch', async (path: string, asked: RequestInit) => {
    const body: unknown = typeof asked.body === 'string' ? JSON.parse(asked.body) : asked.body
    const one = { path, key: (asked.headers as Record<string, string>)['idempotency-key'] ?? '', body }
    sent.push(one)
    return (answers.shift() ?? (() => ok()))(one)
  })
  vi.stubGlobal('navigator', { ...navigator, onLine: true, storage: {}, locks: { request: async (_: string, run: () => Promise<unknown>) => run() } })
  await wipe()
  await readBack()
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

describe('the outbox', () => {
  it('keeps a command on the disk before it says that it is saved', async () => {
    const made = await put(order('tsk_1'))
    expect((await commands()).map((one) => one.id)).toEqual([made.id])
  })
  it('sends in order, each under its own key, and tells what was answered', async () => {
    const told: unknown[] = []
    const deaf = onAnswer((_, answer) => told.push(answer))
    const first = await put(order('tsk_1'))
    const second = await put(order('tsk_1', '/tasks/tsk_1/complete'))
    stop = startSending('stf_1')
    await settled()
    expect(sent.map((one) => [one.path, one.key])).toEqual([['/tasks/tsk_1/start', first.id], ['/tasks/tsk_1/complete', second.id]])
    expect(told).toHaveLength(2)
    deaf()
  })
  it('waits without a network, and loses nothing', async () => {
    answers = [() => { throw new TypeError('no network') }]
    await put(order('tsk_1'))
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    expect(known()[0]?.state).toBe('queued')
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent.map((one) => one.key)).toEqual([known()[0]?.id, known()[0]?.id])
  })
  it('sends at once when the server is there again, whatever it waited for', async () => {
    answers = [() => { throw new TypeError('no network') }]
    await put(order('tsk_1'))
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    stood[0]?.([{ stream: 'prp_1', epoch: 1, position: 9 }])
    await settled()
  })
  it('waits while nobody is signed in', async () => {
    tokens.token.mockImplementation(async () => null)
    await put(order('tsk_1'))
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    expect(sent).toEqual([])
  })
  it('stops at a conflict for that thing alone, and goes on when a person has decided', async () => {
    answers = [() => refuse(409, 'illegal_move')]
    const bad = await put(order('tsk_1'))
    await put(order('tsk_1', '/tasks/tsk_1/complete'))
    await put(order('tsk_2'))
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known().map((one) => one.state)).toEqual(['conflict', 'queued', 'done']))
    expect(sent.map((one) => one.path)).toEqual(['/tasks/tsk_1/start', '/tasks/tsk_2/start'])
    const now = known().find((one) => one.id === bad.id)
    if (now) await retry(now)
    await settled()
    expect(known().map((one) => one.state)).toEqual(['done', 'done', 'done'])
    expect(sent[2]?.key).not.toBe(bad.id)
  })
  it('shows what the server refuses for good', async () => {
    answers = [() => refuse(422, 'invalid')]
    await put(order('tsk_1'))
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'failed', trouble: 'invalid' }))
  })
  it('sends photos first, each once, and their ids with the command', async () => {
    answers = [() => ok({ id: 'fil_1' }), () => { throw new TypeError('gone') }, () => ok({ id: 'fil_2' })]
    const photos = ['a', 'b'].map((name) => ({ name, blob: new Blob([name], { type: 'image/webp' }) }))
    const made = await put({ ...order('tsk_1'), photos })
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent.map((one) => one.key)).toEqual([`${made.id}-0`, `${made.id}-1`, `${made.id}-1`, made.id])
    expect(sent.at(-1)?.body).toEqual({ note: 'n', file_ids: ['fil_1', 'fil_2'] })
  })
  it('sends what was answered in the last day again when the server comes back as of before', async () => {
    const made = await put(order('tsk_1'))
    stop = startSending('stf_1')
    await settled()
    const at = (epoch: number) => [{ stream: 'prp_1', epoch, position: 9 }]
    stood[0]?.(at(1))
    await vi.waitFor(async () => expect(await (await database()).get('marks', 'epoch:prp_1')).toBe(1))
    expect(sent).toHaveLength(1)
    stood[0]?.(at(2))
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    expect(sent[1]?.key).toBe(made.id)
  })
  it('sends photos, and what was refused, again too when the server comes back as of before', async () => {
    answers = [() => ok({ id: 'fil_1' }), () => ok(), () => refuse(409, 'illegal_move')]
    const made = await put({ ...order('tsk_1'), photos: [{ name: 'a', blob: new Blob(['a'], { type: 'image/webp' }) }] })
    await put(order('tsk_1', '/tasks/tsk_1/complete'))
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known().map((one) => one.state)).toEqual(['done', 'conflict']))
    stood[0]?.([{ stream: 'prp_1', epoch: 1, position: 9 }])
    answers = [() => ok({ id: 'fil_2' })]
    stood[0]?.([{ stream: 'prp_1', epoch: 2, position: 3 }])
    await vi.waitFor(() => expect(known().map((one) => one.state)).toEqual(['done', 'done']))
    expect(sent.slice(3).map((one) => one.key)).toEqual([`${made.id}-0`, made.id, known()[1]?.id])
    expect(sent[4]?.body).toEqual({ note: 'n', file_ids: ['fil_2'] })
  })
  it('knows of a restore only together with what is sent again', async () => {
    await put(order('tsk_1'))
    const spoilt = async (): Promise<unknown> => stand([{ stream: 'prp_1', epoch: 2 }], () => { throw new Error('the phone went off') })
    await stand([{ stream: 'prp_1', epoch: 1 }], (one) => one)
    await expect(spoilt()).rejects.toThrow('the phone went off')
    expect(await stand([{ stream: 'prp_1', epoch: 2 }], (one) => ({ ...one, tries: 7 }))).toBe(true)
    expect((await commands())[0]?.tries).toBe(7)
    expect(await stand([{ stream: 'prp_1', epoch: 2 }], (one) => one)).toBe(false)
  })
  it('repeats an answer to a checklist with the words of the first time, and with others once the server has it otherwise', async () => {
    const line = { ...order('tsk_1', '/tasks/tsk_1'), method: 'PATCH' as const, body: { checklist: { bath: true } }, read: '/tasks/tsk_1', anyVersion: true }
    answers = [() => ok({ id: 'tsk_1', version: 3 } as object), () => { throw new TypeError('cut in the midst of the answer') }]
    await put(line)
    stop = startSending('stf_1')
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    answers = [() => refuse(412, 'stale'), () => ok({ id: 'tsk_1', version: 5 } as object)]
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent.filter((one) => one.key).map((one) => one.body)).toEqual([3, 3, 5].map((version) => ({ checklist: { bath: true }, version })))
  })
  it('sends what one person gave as that person alone', async () => {
    await put(order('tsk_1'))
    const mine = await put({ ...order('tsk_2'), by: 'stf_2' })
    stop = startSending('stf_2')
    await vi.waitFor(() => expect(known().map((one) => one.state)).toEqual(['queued', 'done']))
    expect(sent.map((one) => one.key)).toEqual([mine.id])
  })
  it('shows what was answered after it was read', async () => {
    answers = [() => ok({ id: 'tsk_1', version: 4, state: 'completed' } as object)]
    await put(order('tsk_1'))
    stop = startSending('stf_1')
    await settled()
    await readBack()
    const read = (version: number) => overlaid([{ id: 'tsk_1', version, state: 'assigned' }], known())[0]?.state
    expect([read(3), read(4), read(5)]).toEqual(['completed', 'assigned', 'assigned'])
  })
  it('shows things as they will be', async () => {
    await put(order('tsk_1'))
    const task = { id: 'tsk_1', state: 'assigned' }
    expect(overlaid([task, { id: 'tsk_2', state: 'assigned' }], known())).toEqual([{ id: 'tsk_1', state: 'in_progress' }, { id: 'tsk_2', state: 'assigned' }])
    expect(known().filter(waits)).toHaveLength(1)
  })
  it('leaves nothing behind', async () => {
    await put(order('tsk_1'))
    await wipe()
    await readBack()
    expect(known()).toEqual([])
  })
})
