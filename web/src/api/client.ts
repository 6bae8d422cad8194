/** The one way to the server: signed in, each command with a key that makes a repeat harmless. */

import createClient, { type Middleware } from 'openapi-fetch'
import { answered, keyOf } from '@/lib/doubts'
import { language } from '@/lib/i18n'
import { PATIENCE, Problem, problemOf, unanswered } from '@/lib/problem'
import { heardAt } from '@/lib/there'
import type { paths } from '@/api/schema'
import { again, refused, token } from '@/api/session'

const BEARER = 'Bearer '
const COMMANDS = new Set(['POST', 'PATCH', 'PUT'])
/** As they were sent: a session may end under a request, and then it is asked once more. */
const sent = new Map<string, Request>()

function send(request: Request): Promise<Response> {
  const isWords = /json|^$/.test(request.headers.get('content-type') ?? '')
  const limit = AbortSignal.timeout(isWords ? PATIENCE.words : PATIENCE.picture)
  return fetch(request, { signal: AbortSignal.any?.([request.signal, limit]) ?? request.signal })
}

const signed: Middleware = {
  async onRequest({ request, id }) {
    const mine = await token()
    if (mine) request.headers.set('authorization', BEARER + mine)
    request.headers.set('accept-language', language())
    if (COMMANDS.has(request.method) && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', keyOf(`${request.method} ${request.url}`, await request.clone().text()))
    }
    sent.set(id, request.clone())
    return request
  },
  async onResponse({ response, id }) {
    heardAt(response.headers.get('date'))
    const asked = sent.get(id)
    sent.delete(id)
    if (!asked) return undefined
    const key = asked.headers.get('idempotency-key') ?? ''
    if (response.status === 401) {
      await refused(asked.headers.get('authorization')?.slice(BEARER.length) ?? '')
      if (await again()) {
        asked.headers.set('authorization', BEARER + ((await token()) ?? ''))
        const next = await send(asked).catch(() => { throw unanswered() })
        if (next.status < 500) answered(key)
        return next
      }
    }
    if (response.status < 500) answered(key)
    return undefined
  },
  onError({ id }) {
    sent.delete(id)
    return unanswered()
  },
}

export const api = createClient<paths>({ baseUrl: '', fetch: send })
api.use(signed)

interface Answered<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of an answer; whatever else came is thrown as a Problem. */
export async function data<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data: found, error, response } = await asked.catch((trouble: unknown) => {
    throw trouble instanceof Problem ? trouble : unanswered() // cut in the midst of the answer
  })
  if (found !== undefined) return found
  throw await problemOf(new Response(JSON.stringify(error ?? {}), { status: response.status }))
}
