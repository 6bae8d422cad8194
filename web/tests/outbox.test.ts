import 'fake-indexeddb/auto'
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** Whose ids are `LAILA` and `OMAR`. */
const tokenOf = (n: number): string => `head.${btoa(JSON.stringify({ sub: `00000000-0000-0000-0000-00000000000${n}` }))}.signed`
const [LAILA, OMAR] = ['stf_00000000000000000000000001', 'stf_00000000000000000000000002']
const tokens = { token: vi.fn(async (): Promise<string | null> => tokenOf(1)), refused: vi.fn(async () => undefined) }
vi.mock('@/api/session', () => tokens)
const stood: ((streams: { stream: string; epoch: number; position: number }[]) => void)[] = []
vi.mock('@/api/live', () => ({ hear: (listener: { stood: (typeof stood)[number] }) => { stood.push(listener.stood); return () => undefined } }))

const { change, forgetCommand, put, known, overlaid, readBack, retry, useCommands, waits } = await import('@/offline/outbox')
const { onAnswer, startSending } = await import('@/offline/sender')
const { commands, database, stand, wipe } = await import('@/offline/store')

interface Sent { path: string; key: string; body: unknown }
const sent: Sent[] = []
let answers: ((one: Sent) => Response)[] = []
const ok = (body: object = { id: 'tsk_1' }): Response => new Response(JSON.stringify(body), { status: 200 })
const refuse = (status: number, code: string): Response => new Response(JSON.stringify({ status, code, detail: code }), { status })
const order = (about: string, path = `/tasks/${about}/start`) => ({ by: LAILA, place: 'prp_1', about, label: 'command.start', method: 'POST' as const, path, body: { note: 'n' }, patch: { state: 'in_progress' } })
const settled = (): Promise<void> => vi.waitFor(() => expect(known().filter((one) => one.state === 'queued')).toEqual([]))
let stop = (): void => undefined

beforeEach(async () => {
  sent.length = 0
  stood.length = 0
  answers = []
  tokens.token.mockImplementation(async () => tokenOf(1))
  vi.stubGlobal('fetch', async (path: string, asked: RequestInit) => {
    const body: unknown = typeof asked.body === 'string' ? JSON.parse(asked.body) : asked.body
    expect(asked.headers).toHaveProperty('accept-language', 'en')
    const one = { path, key: (asked.headers as Record<string, string>)['idempotency-key'] ?? '', body }
    sent.push(one)
    return (answers.shift() ?? (() => ok()))(one)
  })
  vi.stubGlobal('navigator', { ...navigator, onLine: true, storage: {}, locks: { request: async (_: string, run: () => Promise<unknown>) => run() } })
  for (const one of ['outbox', 'read', 'marks'] as const) await (await database()).clear(one)
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
    stop = startSending(LAILA)
    await settled()
    expect(sent.map((one) => [one.path, one.key])).toEqual([['/tasks/tsk_1/start', first.id], ['/tasks/tsk_1/complete', second.id]])
    expect(told).toHaveLength(2)
    deaf()
  })
  it('waits without a network, and loses nothing', async () => {
    answers = [() => { throw new TypeError('no network') }]
    await put(order('tsk_1'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    expect(known()[0]?.state).toBe('queued')
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent.map((one) => one.key)).toEqual([known()[0]?.id, known()[0]?.id])
  })
  it('sends at once when the server is there again, whatever it waited for', async () => {
    answers = [() => { throw new TypeError('no network') }]
    await put(order('tsk_1'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    stood[0]?.([{ stream: 'prp_1', epoch: 1, position: 9 }])
    await settled()
  })
  it('waits while nobody is signed in', async () => {
    tokens.token.mockImplementation(async () => null)
    await put(order('tsk_1'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    expect(sent).toEqual([])
  })
  it('tells that its token was refused, and waits', async () => {
    answers = [() => refuse(401, 'unauthenticated')]
    await put(order('tsk_1'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'queued', tries: 1 }))
    expect(tokens.refused).toHaveBeenCalledWith(tokenOf(1))
  })
  it('stops at a conflict for that thing alone, and goes on when a person has decided', async () => {
    answers = [() => refuse(409, 'illegal_move')]
    const bad = await put(order('tsk_1'))
    await put(order('tsk_1', '/tasks/tsk_1/complete'))
    await put(order('tsk_2'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known().map((one) => one.state)).toEqual(['conflict', 'queued', 'done']))
    expect(sent.map((one) => one.path)).toEqual(['/tasks/tsk_1/start', '/tasks/tsk_2/start'])
    const now = known().find((one) => one.id === bad.id)
    if (now) await retry(now)
    await settled()
    expect(known().map((one) => one.state)).toEqual(['done', 'done', 'done'])
    expect(sent[2]?.key).not.toBe(bad.id)
  })
  it.each([['fails at', 500, 'internal'], ['is busy with', 503, 'busy'], ['is busy (as it said before) with', 409, 'busy']])('goes on with others while the server %s one thing, whose order is kept', async (_, status, code) => {
    const bad = (): Response => refuse(status, code)
    answers = [bad]
    const made = await put(order('tsk_1'))
    await put(order('tsk_1', '/tasks/tsk_1/complete'))
    await put(order('tsk_2'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known().map((one) => [one.state, one.tries])).toEqual([['queued', 1], ['queued', 0], ['done', 0]]))
    expect(sent.map((one) => one.path)).toEqual(['/tasks/tsk_1/start', '/tasks/tsk_2/start'])
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent[2]?.key).toBe(made.id)
  })
  it.each([[503, 'unavailable'], [429, 'too_many']])('leaves the server alone where it says %i', async (status, code) => {
    answers = [() => refuse(status, code)]
    await put(order('tsk_1'))
    await put(order('tsk_2'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    expect(sent).toHaveLength(1)
  })
  it('tells a person of what was tried in vain, tries on, and under its key whatever they press', async () => {
    const made = await put(order('tsk_1'))
    stop = startSending(LAILA)
    await settled()
    await change(made, { state: 'queued', tries: 4 })
    answers = [() => refuse(500, 'internal'), () => refuse(500, 'internal')]
    dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'stuck', tries: 5 }))
    dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'stuck', tries: 6 }))
    await retry(made)
    await vi.waitFor(() => expect(known()[0]?.state).toBe('done'))
    expect(new Set(sent.map((one) => one.key))).toEqual(new Set([made.id]))
  })
  it('leaves to a person what is older than the keys that the server knows', async () => {
    const made = await put(order('tsk_1'))
    await put(order('tsk_2'))
    stop = startSending(LAILA)
    await settled()
    await change(made, { order: Date.now() - 8 * 86_400_000, state: 'queued' })
    dispatchEvent(new Event('online'))
    await vi.waitFor(() => expect(known()[0]?.state).toBe('old'))
    expect([sent.length, overlaid([{ id: 'tsk_1', state: 'assigned' }], known())[0]?.state]).toEqual([2, 'assigned'])
    stood[0]?.([{ stream: 'prp_1', epoch: 1, position: 9 }])
    stood[0]?.([{ stream: 'prp_1', epoch: 2, position: 3 }])
    await vi.waitFor(() => expect(sent).toHaveLength(3))
    expect([sent[2]?.path, known()[0]?.state]).toEqual(['/tasks/tsk_2/start', 'old'])
    await retry(made)
    await vi.waitFor(() => expect(known()[0]?.state).toBe('done'))
    expect(sent[3]?.key).not.toBe(made.id)
  })
  it('shows what the server refuses for good', async () => {
    answers = [() => refuse(422, 'invalid')]
    await put(order('tsk_1'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'failed', trouble: 'invalid' }))
  })
  it.each([
    ['an answer that was cut', () => new Response('{"id": "tsk', { status: 200 })],
    ['a page of the wireless network', () => new Response('<html>', { status: 200 })],
    ['a refusal that is not the server\'s', () => new Response('<html>', { status: 403 })],
    ['a gateway that waited too long', () => refuse(524, 'slow')],
  ])('takes %s for no answer: it is sent again under its key', async (_, answer) => {
    answers = [answer]
    const made = await put(order('tsk_1'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'queued', tries: 1 }))
    dispatchEvent(new Event('online'))
    await settled()
    expect([sent.map((one) => one.key), known()[0]?.state]).toEqual([[made.id, made.id], 'done'])
  })
  it('waits for a server that says nothing no longer than it must, and for one that takes a photo longer', async () => {
    const over = new AbortController()
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(over.signal)
    const silent = async (_: string, { signal }: RequestInit): Promise<Response> => new Promise((__, refused) => signal?.addEventListener('abort', () => refused(new Error('late'))))
    vi.stubGlobal('fetch', silent)
    await put({ ...order('tsk_1'), photos: [{ name: 'a', blob: new Blob(['a'], { type: 'image/webp' }) }] })
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(limit).toHaveBeenCalledWith(120_000))
    over.abort()
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'queued', tries: 1 }))
    limit.mockRestore()
  })
  it('knows what took effect, whatever becomes of those who are told', async () => {
    const told = vi.fn<(error: unknown) => void>()
    vi.stubGlobal('reportError', told)
    const deaf = onAnswer(() => { throw new Error('a page') })
    await put(order('tsk_1'))
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.state).toBe('done'))
    expect(told).toHaveBeenCalledOnce()
    deaf()
  })
  it('sends photos first, each once, and their ids with the command', async () => {
    answers = [() => ok({ id: 'fil_1' }), () => { throw new TypeError('gone') }, () => ok({ id: 'fil_2' })]
    const photos = ['a', 'b'].map((name) => ({ name, blob: new Blob([name], { type: 'image/webp' }) }))
    const made = await put({ ...order('tsk_1'), photos })
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent.map((one) => one.key)).toEqual([`${made.id}-0`, `${made.id}-1`, `${made.id}-1`, made.id])
    expect(sent.at(-1)?.body).toEqual({ note: 'n', file_ids: ['fil_1', 'fil_2'] })
  })
  it('sends photos anew that the server no longer has', async () => {
    const gone = (): Response => new Response(JSON.stringify({ code: 'invalid', errors: [{ pointer: '/file_ids/0', message: 'is not here' }] }), { status: 422 })
    answers = [() => ok({ id: 'fil_1' }), gone, () => ok({ id: 'fil_2' })]
    const made = await put({ ...order('tsk_1'), photos: [{ name: 'a', blob: new Blob(['a'], { type: 'image/webp' }) }] })
    stop = startSending(LAILA)
    await settled()
    expect(known()[0]?.state).toBe('done')
    expect(sent.map((one) => one.key)).toEqual([`${made.id}-0`, made.id, `${made.id}-0-1`, made.id])
    expect(sent.at(-1)?.body).toEqual({ note: 'n', file_ids: ['fil_2'] })
  })
  it('sends photos anew with what a person sends once more, and once for two presses', async () => {
    answers = [() => ok({ id: 'fil_1' }), () => refuse(409, 'illegal_move'), () => ok({ id: 'fil_2' })]
    await put({ ...order('tsk_1'), photos: [{ name: 'a', blob: new Blob(['a'], { type: 'image/webp' }) }] })
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.state).toBe('conflict'))
    const bad = known()[0]
    if (bad) await Promise.all([retry(bad), retry(bad)])
    await settled()
    expect(await commands()).toHaveLength(1)
    expect(sent.slice(2).map((one) => one.key)).toEqual([`${known()[0]?.id}-0`, known()[0]?.id])
  })
  it('does not bring back what was dropped or wiped', async () => {
    const made = await put(order('tsk_1'))
    await forgetCommand(made.id)
    expect(await change(made, { tries: 3 })).toBeUndefined()
    expect([await commands(), known()]).toEqual([[], []])
  })
  it('does not send what was dropped while its photos were sent', async () => {
    const made = await put({ ...order('tsk_1'), photos: [{ name: 'a', blob: new Blob(['a'], { type: 'image/webp' }) }] })
    answers = [() => { void forgetCommand(made.id); return ok({ id: 'fil_1' }) }]
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()).toEqual([]))
    await put(order('tsk_2'))
    await settled()
    expect([sent.map((one) => one.path.split('?')[0]), await commands()]).toEqual([['/api/v1/files', '/tasks/tsk_2/start'], [expect.objectContaining({ about: 'tsk_2' })]])
  })
  it('sends what was answered in the last day again when the server comes back as of before', async () => {
    const made = await put(order('tsk_1'))
    stop = startSending(LAILA)
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
    stop = startSending(LAILA)
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
  it('knows of a restore whatever the clock of the server says', async () => {
    await put(order('tsk_1'))
    const stands = (epoch: number): Promise<boolean> => stand([{ stream: 'prp_1', epoch }], (one) => ({ ...one, tries: one.tries + 1 }))
    expect([await stands(9), await stands(9), await stands(7), await stands(7)]).toEqual([false, false, true, false])
    expect((await commands())[0]?.tries).toBe(1)
  })
  it('repeats an answer to a checklist with the words of the first time, and with others once the server has it otherwise', async () => {
    const line = { ...order('tsk_1', '/tasks/tsk_1'), method: 'PATCH' as const, body: { checklist: { bath: true } }, read: '/tasks/tsk_1', anyVersion: true }
    answers = [() => ok({ id: 'tsk_1', version: 3 } as object), () => { throw new TypeError('cut in the midst of the answer') }]
    await put(line)
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    answers = [() => refuse(412, 'stale'), () => ok({ id: 'tsk_1', version: 5 } as object)]
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent.filter((one) => one.key).map((one) => one.body)).toEqual([3, 3, 5].map((version) => ({ checklist: { bath: true }, version })))
  })
  it('has no other words for a key while the server is busy with it', async () => {
    answers = [() => ok({ id: 'tsk_1', version: 3 } as object), () => refuse(409, 'busy')]
    await put({ ...order('tsk_1', '/tasks/tsk_1'), method: 'PATCH' as const, body: {}, read: '/tasks/tsk_1', anyVersion: true })
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]?.tries).toBe(1))
    dispatchEvent(new Event('online'))
    await settled()
    expect(sent.map((one) => one.body)).toEqual([null, { version: 3 }, { version: 3 }])
  })
  it('sends what one person gave as that person alone', async () => {
    await put(order('tsk_1'))
    const mine = await put({ ...order('tsk_2'), by: OMAR })
    tokens.token.mockImplementation(async () => tokenOf(2))
    stop = startSending(OMAR)
    await vi.waitFor(() => expect(known().map((one) => one.state)).toEqual(['queued', 'done']))
    expect(sent.map((one) => one.key)).toEqual([mine.id])
  })
  it('sends nothing as another who signed in between two requests', async () => {
    await put({ ...order('tsk_1'), photos: [{ name: 'a', blob: new Blob(['a'], { type: 'image/webp' }) }] })
    answers = [() => { tokens.token.mockImplementation(async () => tokenOf(2)); return ok({ id: 'fil_1' }) }]
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(known()[0]).toMatchObject({ state: 'queued', tries: 1 }))
    expect(sent.map((one) => one.path.split('?')[0])).toEqual(['/api/v1/files'])
  })
  it('sends nothing more after it was stopped, and at once for who comes next', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let isThere = (): void => undefined
    await put(order('tsk_1'))
    await put(order('tsk_2'))
    const mine = await put({ ...order('tsk_3'), by: OMAR })
    vi.stubGlobal('fetch', async (_: string, asked: RequestInit) => {
      sent.push({ path: '', key: (asked.headers as Record<string, string>)['idempotency-key'] ?? '', body: null })
      if (sent.length === 1) await new Promise<void>((done) => { isThere = done })
      return ok()
    })
    startSending(LAILA)()
    stop = startSending(LAILA)
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    stop()
    tokens.token.mockImplementation(async () => tokenOf(2))
    stop = startSending(OMAR)
    isThere()
    await vi.waitFor(() => expect(known().map((one) => one.state)).toEqual(['done', 'queued', 'done']), { timeout: 3_000 })
    expect(sent.slice(1).map((one) => one.key)).toEqual([mine.id])
    vi.useRealTimers()
  })
  it('shows what was answered after it was read', async () => {
    answers = [() => ok({ id: 'tsk_1', version: 4, state: 'completed' } as object)]
    await put(order('tsk_1'))
    stop = startSending(LAILA)
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
  it('leaves nothing of a person who goes behind, and all of the others', async () => {
    await put(order('tsk_1'))
    const other = await put({ ...order('tsk_2'), by: OMAR })
    await (await database()).put('read', 'rooms', 'pages')
    await wipe(LAILA)
    await readBack()
    expect([known().map((one) => one.id), await (await database()).getAll('read')]).toEqual([[other.id], []])
    await wipe()
    expect(await commands()).toHaveLength(1)
  })
  it('shows nobody what another gave, but how much', async () => {
    const mine = await put(order('tsk_1'))
    await put({ ...order('tsk_2'), by: OMAR })
    let found: ReturnType<typeof useCommands> | undefined
    const Reader = (): null => { found = useCommands(LAILA); return null }
    await act(async () => createRoot(document.createElement('div')).render(createElement(Reader)))
    expect([found?.[0].map((one) => one.id), found?.[1]]).toEqual([[mine.id], 1])
  })
})
