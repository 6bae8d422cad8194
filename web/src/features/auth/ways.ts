/** Another company proves who one is (OpenID Connect with PKCE): away to it, and back. */

import { api, data } from '@/api/client'
import { enter } from '@/api/session'

const KEPT = 'serai.oidc'
const BYTES = 32

const url64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const back = (): string => `${location.origin}/sign-in`

export async function goTo(tenant: string, provider_id: string): Promise<void> {
  const verifier = url64(crypto.getRandomValues(new Uint8Array(BYTES)))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
  const body = { tenant, provider_id, redirect_uri: back(), code_challenge: url64(digest) }
  const { authorization_url } = await data(api.POST('/api/v1/auth/oidc/start', { body }))
  sessionStorage.setItem(KEPT, verifier)
  location.assign(authorization_url)
}

/** Whether one has just come back with a proof, and is signed in by it. */
export async function comeBack(state: string | undefined, code: string | undefined): Promise<boolean> {
  const code_verifier = sessionStorage.getItem(KEPT)
  if (!state || !code || !code_verifier) return false
  sessionStorage.removeItem(KEPT)
  enter(await data(api.POST('/api/v1/auth/oidc/finish', { body: { state, code, code_verifier } })))
  return true
}
