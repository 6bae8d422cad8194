/** Another company proves who one is (OpenID Connect with PKCE): away to it, and back. */

import { api, data } from '@/api/client'
import { linking } from '@/lib/kept'
import { Problem } from '@/lib/problem'

const KEPT = 'serai.oidc'
const BYTES = 32
/** As long as the server takes it back. */
const LASTS = 600_000
/** What one needs on the way back, kept until then: `next` is where one wanted to go. */
interface Left {
  verifier: string
  next?: string | undefined
  at: number
}
/** What stands in the address of who comes back. */
export interface Back {
  state?: string | undefined
  code?: string | undefined
  error?: string | undefined
}

const url64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** By their states: each tab may be on a way of its own, and a provider may come back in another one. */
function ways(): Record<string, Left> {
  const all = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Record<string, Left>
  return Object.fromEntries(Object.entries(all).filter(([, one]) => one.at > Date.now() - LASTS))
}

export const providersOf = async (tenant: string, signal?: AbortSignal) => (await data(api.GET('/api/v1/auth/providers', { params: { query: { tenant } }, signal }))).items

export async function goTo(tenant: string, provider_id: string, next?: string): Promise<void> {
  const verifier = url64(crypto.getRandomValues(new Uint8Array(BYTES)))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
  const body = { tenant, provider_id, redirect_uri: `${location.origin}/sign-in`, code_challenge: url64(digest) }
  const { authorization_url, state } = await data(api.POST('/api/v1/auth/oidc/start', { body }))
  localStorage.setItem(KEPT, JSON.stringify({ ...ways(), [state]: { verifier, next, at: Date.now() } satisfies Left }))
  location.assign(authorization_url)
  await new Promise(() => {}) // the page goes
}

/** What was kept for this way back; it serves once. */
export function taken({ state = '' }: Back): Left | undefined {
  const { [state]: mine, ...others } = ways()
  localStorage.setItem(KEPT, JSON.stringify(others))
  linking.set('')
  return mine
}

/** The proof that one brings; a way that was broken off has none. */
export function proof({ state, code, error }: Back, left: Left | undefined): { state: string; code: string; code_verifier: string } {
  if (error) throw new Problem(401, { code: error === 'access_denied' ? 'denied' : 'refused' })
  if (!state || !code || !left) throw new Problem(401, { code: 'late' })
  return { state, code, code_verifier: left.verifier }
}

const WORDS: Record<string, string> = { denied: 'signIn.denied', refused: 'signIn.refused', not_linked: 'signIn.notLinked' }

/** Why it did not come to a sign-in: the name of the words for it. */
export function wordFor(error: unknown): string {
  if (!(error instanceof Problem)) return 'error.unknown'
  if (WORDS[error.code]) return WORDS[error.code] ?? ''
  if (error.unanswered) return 'error.offline'
  if (error.status === 401) return 'signIn.late'
  if (error.status === 429) return 'signIn.wait'
  return error.status >= 500 ? 'signIn.away' : 'signIn.unready'
}
