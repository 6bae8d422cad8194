/** Who is signed in on this device. The access token lives in memory; the refresh token is used once, by one tab at a time. */

import { useSyncExternalStore } from 'react'
import { problemOf, unanswered } from '@/lib/problem'
import type { components } from '@/api/schema'

type Tokens = components['schemas']['TokenOut']
export type Credentials = Omit<components['schemas']['TokenBody'], 'refresh_token'>
interface Kept {
  refresh: string
  until: number
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

function kept(): Kept | null {
  const text = localStorage.getItem(KEPT)
  if (!text) return null
  const found = JSON.parse(text) as Kept
  return found.until > Date.now() ? found : null
}

function keep(found: Tokens): string {
  const now = Date.now()
  access = { token: found.access_token, until: now + found.expires_in * 1000 }
  hasEnded = hasLeft = false
  if (found.refresh_token && found.refresh_expires_in) {
    const next: Kept = { refresh: found.refresh_token, until: now + found.refresh_expires_in * 1000 }
    localStorage.setItem(KEPT, JSON.stringify(next))
  }
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
  hasEnded = false
  localStorage.removeItem(KEPT)
  tell()
  release('stop')
}

/** The server knows this session no more: over an open page it is asked for again, else it is forgotten. */
export function end(): void {
  if (!isInside) return forget()
  access = null
  hasEnded = true
  localStorage.removeItem(KEPT)
  tell()
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
  let answer: Response
  try {
    answer = await fetch('/api/v1/auth/token', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    })
  } catch {
    throw unanswered()
  }
  if (!answer.ok) throw await problemOf(answer)
  return (await answer.json()) as Tokens
}

export async function signIn(credentials: Credentials): Promise<void> {
  keep(await ask(credentials))
}

/** Tokens that came another way: by a phone and its PIN, or from a provider of identities. */
export function enter(found: Tokens): void {
  keep(found)
}

export async function signOut(): Promise<void> {
  const mine = await token().catch(() => null)
  if (mine) {
    await fetch('/api/v1/auth/logout', { method: 'POST', headers: { authorization: `Bearer ${mine}` } }).catch(() => null)
  }
  hasLeft = true
  forget()
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

/** Used up by its use: a second tab waits, and takes what the first one got. */
async function renew(): Promise<string | null> {
  return navigator.locks.request(KEPT, async () => {
    const found = kept()
    if (!found) return null
    try {
      return keep(await ask({ refresh_token: found.refresh }))
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 401) {
        end()
        return null
      }
      throw error
    }
  })
}

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
