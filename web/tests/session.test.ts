import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

type Session = typeof import('@/api/session')
const said: { path: string; headers: Record<string, string>; body: string; keepalive: boolean | undefined }[] = []
let answers: (() => Response | Promise<Response>)[] = []
/** An access token of the person `n`; its signature tells them apart. */
const access = (n: number, sign: string): string => `head.${btoa(JSON.stringify({ sub: `00000000-0000-0000-0000-00000000000${n}` }))}.${sign}`
const tokens = (refresh: string, n = 1, seconds = 900): Response =>
  Response.json({ access_token: access(n, refresh), token_type: 'bearer', expires_in: seconds, tenant_id: 'ten_1', refresh_token: refresh, refresh_expires_in: 9000 })
const kept = (): string | undefined => (JSON.parse(localStorage.getItem('serai.session') ?? '{}') as { refresh?: string }).refresh
const keep = (refresh: string): void => localStorage.setItem('serai.session', JSON.stringify({ refresh, until: Date.now() + 9_000_000 }))
let session: Session

beforeEach(async () => {
  said.length = 0
  answers = []
  localStorage.clear()
  vi.resetModules()
  vi.stubGlobal('navigator', { locks: { request: async (_: string, run: () => Promise<unknown>) => run() } })
  vi.stubGlobal('fetch', async (path: string, asked: RequestInit) => {
    said.push({ path, headers: asked.headers as Record<string, string>, body: String(asked.body), keepalive: asked.keepalive })
    return (answers.shift() ?? (() => tokens('next')))()
  })
  session = await import('@/api/session')
})
afterEach(() => vi.unstubAllGlobals())

describe('a session', () => {
  it('is renewed by what is kept', async () => {
    keep('first')
    expect([await session.token(), await session.token(), kept()]).toEqual([access(1, 'next'), access(1, 'next'), 'next'])
    expect(said).toHaveLength(1)
  })
  it('has no answer where it was cut', async () => {
    keep('first')
    answers = [() => new Response('{"access', { status: 200 })]
    await expect(session.token()).rejects.toMatchObject({ unanswered: true })
    expect(kept()).toBe('first')
  })
  it('of another person, begun in another tab, stays theirs: this page begins anew', async () => {
    const reload = vi.fn()
    vi.stubGlobal('location', { reload })
    answers = [() => tokens('mine', 1, 1)]
    await session.signIn({ login: 'laila', password: 'x' })
    expect(session.whose()).toMatch(/1$/)
    keep('theirs')
    answers = [() => tokens('theirs too', 2)]
    expect(await session.token()).toBeNull()
    expect([kept(), reload.mock.calls.length]).toEqual(['theirs too', 1])
  })
  const gone = (): Response => Response.json({ code: 'unauthenticated' }, { status: 401 })
  const enter = async (refresh: string): Promise<void> => {
    answers = [() => tokens(refresh)]
    await session.signIn({ login: 'laila', password: 'x' })
    said.length = 0
  }
  it('ends where its renewal is refused too', async () => {
    await enter('first')
    answers = [gone]
    await session.refused(access(1, 'first'))
    expect([session.isSignedIn(), kept(), said.length]).toEqual([false, undefined, 1])
  })
  it('does not end by late news of a token before', async () => {
    await enter('first')
    await enter('second')
    await session.refused(access(1, 'first'))
    expect([await session.token(), kept(), said.length]).toEqual([access(1, 'second'), 'second', 0])
  })
  it('goes on with what came in another tab while it was refused', async () => {
    await enter('first')
    answers = [() => { keep('second'); return gone() }, () => tokens('third')]
    await session.refused(access(1, 'first'))
    expect([await session.token(), kept()]).toEqual([access(1, 'third'), 'third'])
  })
  it('is over where another tab left', async () => {
    await enter('first')
    localStorage.clear()
    await session.refused(access(1, 'first'))
    expect(session.isSignedIn()).toBe(false)
  })
  it('is forgotten at once by its person, whatever becomes of the server', async () => {
    await enter('first')
    answers = [async () => new Promise<Response>(() => undefined)]
    void session.signOut()
    expect([session.isSignedIn(), kept(), session.left()]).toEqual([false, undefined, true])
    expect(said).toMatchObject([{ path: '/api/v1/auth/logout', headers: { authorization: `Bearer ${access(1, 'first')}` }, keepalive: true }])
  })
  it('is told to be over also where its access token was too old', async () => {
    keep('first')
    await session.signOut()
    expect([said.map((one) => one.path), kept(), session.isSignedIn()]).toEqual([['/api/v1/auth/token', '/api/v1/auth/logout'], undefined, false])
  })
  it('does not come back by a renewal that was under way when its person left', async () => {
    keep('first')
    answers = [() => { session.forget(); return tokens('second') }]
    expect([await session.token(), session.isSignedIn(), kept()]).toEqual([null, false, undefined])
  })
})

describe('a request', () => {
  const asked = async (answer: (authorization: string) => Response): Promise<{ status: number; with: string[] }> => {
    const tried: string[] = []
    vi.stubGlobal('fetch', async (request: Request | string) => {
      if (typeof request === 'string') return tokens('next')
      tried.push(request.headers.get('authorization') ?? '')
      return answer(tried.at(-1) ?? '')
    })
    const { api } = await import('@/api/client')
    const { response } = await api.GET('/api/v1/me', { baseUrl: 'http://serai.test' })
    return { status: response.status, with: tried }
  }
  it('that nobody answers in time has no answer', async () => {
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
    vi.stubGlobal('fetch', async (_: Request, { signal }: RequestInit) => {
      if (signal?.aborted) throw new DOMException('late', 'TimeoutError')
      return Response.json({})
    })
    const { api, data } = await import('@/api/client')
    await expect(data(api.GET('/api/v1/me', { baseUrl: 'http://serai.test' }))).rejects.toMatchObject({ unanswered: true })
    expect(limit).toHaveBeenCalledWith(30_000)
    limit.mockRestore()
  })
  it('whose token was refused is sent once more with the next one', async () => {
    answers = [() => tokens('first')]
    await session.signIn({ login: 'laila', password: 'x' })
    const old = `Bearer ${access(1, 'first')}`
    expect(await asked((one) => (one === old ? Response.json({}, { status: 401 }) : Response.json({ id: 'stf_1' })))).toEqual({ status: 200, with: [old, `Bearer ${access(1, 'next')}`] })
  })
})
