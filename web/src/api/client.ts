/** The one way to the server: signed in, each command with a key that makes a repeat harmless. */

import createClient, { type Middleware } from 'openapi-fetch'
import { problemOf, unanswered } from '@/api/problem'
import type { paths } from '@/api/schema'
import { forget, token } from '@/lib/session'

const signed: Middleware = {
  async onRequest({ request }) {
    const mine = await token()
    if (mine) request.headers.set('authorization', `Bearer ${mine}`)
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID())
    }
    return request
  },
  onResponse({ response }) {
    if (response.status === 401) forget()
  },
  onError: unanswered,
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
