/** Who is signed in on this device. The access token lives in memory; the refresh token is used once, by one tab at a time. */

import { useSyncExternalStore } from 'react'
import { language } from '@/lib/i18n'
import { holder } from '@/lib/ids'
import { PATIENCE, Problem, problemOf, unanswered } from '@/lib/problem'
import type { components } from '@/api/schema'

type Tokens = components['schemas']['TokenOut']
type Credentials = Omit<components['schemas']['TokenBody'], 'refresh_token'>
interface Kept {
  refresh: string
  until: number
  by?: string
}

const KEPT = 'serai.session'
const EARLY = 30_000
let access: { token: string; until: number } | null = null
let renewing: Promise<string | null> | null = null
const heard = new Set<() => void>()
/** Those who wait until the person has proved again who they are. */
const waiting = new Set<{ go: () => void; stop: () => void }>()
/** A page is open: a session that ends under it is asked for again there, and what was written stays. */
let isInside = false
let hasEnded = false
let hasLeft = false

/** Whose this page is. */
let person = kept()?.by ?? ''

function kept(): Kept | null {
  const text = localStorage.getItem(KEPT)
  if (!text) return null
  const found = JSON.parse(text) as Kept
  return found.until > Date.now() ? found : null
}

function store(found: Tokens): void {
  if (!found.refresh_token || !found.refresh_expires_in) return
  const next: Kept = { refresh: found.refresh_token, until: Date.now() + found.refresh_expires_in * 1000, by: holder(found.access_token) }
  localStorage.setItem(KEPT, JSON.stringify(next))
}

function keep(found: Tokens): string {
  access = { token: found.access_token, until: Date.now() + found.expires_in * 1000 }
  person = holder(found.access_token)
  hasEnded = hasLeft = false
  store(found)
  tell()
  release('go')
  return found.access_token
}

function release(how: 'go' | 'stop'): void {
  for (const one of waiting) one[how]()
  waiting.clear()
}

function tell(): void {
  for (const one of heard) one()
}

/** Forget this person here: on the server the session ends by `signOut`, or has ended. */
export function forget(): void {
  access = null
  person = ''
  hasEnded = false
  localStorage.removeItem(KEPT)
  tell()
  release('stop')
}

/** The server knows this session no more: over an open page it is asked for again, else it is forgotten. */
function end(): void {
  if (!isInside) return forget()
  access = null
  hasEnded = true
  localStorage.removeItem(KEPT)
  tell()
}

/** The server takes this access token no more: whether the session is over, its renewal tells. Late news of one that is used no more says nothing. */
export async function refused(old: string): Promise<void> {
  if (access?.token !== old) return
  access = { token: old, until: 0 }
  await token().catch(() => null)
}

/** Waits until the same person has signed in again; false where they left. */
export function again(): Promise<boolean> {
  return hasEnded ? new Promise((done) => waiting.add({ go: () => done(true), stop: () => done(false) })) : Promise.resolve(isSignedIn())
}

/** From now on a page is open, until the function that is given back is called. */
export function inside(): () => void {
  isInside = true
  return () => {
    isInside = false
  }
}

async function ask(body: object): Promise<Tokens> {
  try {
    const answer = await fetch('/api/v1/auth/token', {
      method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': language() }, body: JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE.words),
    })
    if (!answer.ok) throw await problemOf(answer)
    return (await answer.json()) as Tokens
  } catch (error) {
    throw error instanceof Problem ? error : unanswered()
  }
}

export async function signIn(credentials: Credentials): Promise<void> {
  keep(await ask(credentials))
}

/** Tokens that came another way: by a phone and its PIN, or from a provider of identities. */
export function enter(found: Tokens): void {
  keep(found)
}

/** Forgotten at once, without a network too; then the server is told. */
export async function signOut(): Promise<void> {
  const found = kept()
  const mine = access && access.until > Date.now() ? access.token : null
  hasLeft = true
  forget()
  const bearer = mine ?? (found && (await ask({ refresh_token: found.refresh }).catch(() => null))?.access_token)
  if (!bearer) return
  const asked = { method: 'POST', headers: { authorization: `Bearer ${bearer}` }, keepalive: true, signal: AbortSignal.timeout(PATIENCE.words) }
  await fetch('/api/v1/auth/logout', asked).catch(() => null)
}

/** Whether the last one here signed out; else the session only ended, and they may come back. */
export const left = (): boolean => hasLeft

/** An access token that is good for a while; null where nobody is signed in. Without a network it throws. */
export async function token(): Promise<string | null> {
  if (access && access.until - EARLY > Date.now()) return access.token
  renewing ??= renew().finally(() => {
    renewing = null
  })
  return renewing
}

/** Used up by its use: a second tab waits, and takes what the first one got. Where that is another person's, this page begins anew as theirs. */
async function renew(): Promise<string | null> {
  return navigator.locks.request(KEPT, async () => {
    for (let found = kept(); found; found = kept()) {
      const fresh = await ask({ refresh_token: found.refresh }).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 401) return null
        throw error
      })
      if (kept()?.refresh !== found.refresh) continue // meanwhile they left, or came in anew
      if (!fresh) {
        end()
        return null
      }
      if (!person || holder(fresh.access_token) === person) return keep(fresh)
      store(fresh)
      access = null
      location.reload()
      return null
    }
    if (access) end() // what was kept went in another tab
    return null
  })
}

export const whose = (): string => person

export const isSignedIn = (): boolean => access !== null || kept() !== null

export type Standing = 'in' | 'ended' | 'out'
const standing = (): Standing => (hasEnded ? 'ended' : isSignedIn() ? 'in' : 'out')

export function useStanding(): Standing {
  return useSyncExternalStore((hear) => {
    heard.add(hear)
    addEventListener('storage', hear)
    return () => {
      heard.delete(hear)
      removeEventListener('storage', hear)
    }
  }, standing)
}
