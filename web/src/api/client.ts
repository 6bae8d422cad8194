/** The one way to the server: signed in, each command with a key that makes a repeat harmless. */

import createClient, { type Middleware } from 'openapi-fetch'
import { problemOf, unanswered } from '@/lib/problem'
import { heardAt } from '@/lib/there'
import type { paths } from '@/api/schema'
import { again, end, token } from '@/api/session'

/** As they were sent: a session may end under a request, and then it is asked once more. */
const sent = new Map<string, Request>()

const signed: Middleware = {
  async onRequest({ request, id }) {
    const mine = await token()
    if (mine) request.headers.set('authorization', `Bearer ${mine}`)
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID())
    }
    sent.set(id, request.clone())
    return request
  },
  async onResponse({ response, id }) {
    heardAt(response.headers.get('date'))
    const asked = sent.get(id)
    sent.delete(id)
    if (response.status !== 401 || !asked) return undefined
    end()
    if (!(await again())) return undefined
    asked.headers.set('authorization', `Bearer ${(await token()) ?? ''}`)
    return fetch(asked)
  },
  onError({ id }) {
    sent.delete(id)
    return unanswered()
  },
}

export const api = createClient<paths>({ baseUrl: '' })
api.use(signed)

interface Answered<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of an answer; whatever else came is thrown as a Problem. */
export async function data<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data: found, error, response } = await asked
  if (found !== undefined) return found
  throw await problemOf(new Response(JSON.stringify(error ?? {}), { status: response.status }))
}
