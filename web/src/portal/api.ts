/** What the portal asks the server: no account, only the link. Each send has a key, the same one when it is tried again. */

import type { components, operations } from '@/api/schema'

export type Order = components['schemas']['VendorOrderOut']
export type Answer = components['schemas']['VendorAnswerBody']
export type Place = operations['view_place']['responses'][200]['content']['application/json']
export type Report = components['schemas']['ReportFaultBody']
export type Reported = components['schemas']['ReportedOut']
export type Status = components['schemas']['StatusOut']

const API = '/api/v1/portal'
const PATIENCE = 30_000
const PATIENCE_FOR_PICTURES = 120_000

/** gone: no such link; closed: no more to be answered; busy: too many tries; refused: what was sent is not as it must be. */
export type Kind = 'gone' | 'closed' | 'busy' | 'offline' | 'refused' | 'server'
const KINDS: Readonly<Record<number, Kind>> = { 404: 'gone', 409: 'closed', 429: 'busy' }

export class Trouble extends Error {
  readonly kind: Kind
  readonly state: string | undefined

  constructor(kind: Kind, state?: string) {
    super(kind)
    this.kind = kind
    this.state = state
  }

  /** Nobody knows whether it arrived; the same may be sent again. */
  get isOpen(): boolean {
    return this.kind === 'offline' || this.kind === 'server' || this.kind === 'busy'
  }
}

export const troubleOf = (error: unknown): Trouble => (error instanceof Trouble ? error : new Trouble('server'))

async function refusal(answer: Response): Promise<Trouble> {
  if (answer.status >= 500) return new Trouble('server')
  const body: unknown = await answer.json().catch(() => null)
  const state = body && typeof body === 'object' && 'state' in body ? String(body.state) : undefined
  return new Trouble(KINDS[answer.status] ?? 'refused', state)
}

async function ask<T>(path: string, how: RequestInit, patience = PATIENCE): Promise<T> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), patience)
  try {
    const headers = { ...how.headers, 'accept-language': document.documentElement.lang }
    const answer = await fetch(API + path, { ...how, headers, cache: 'no-store', signal: giveUp.signal })
    if (!answer.ok) throw await refusal(answer)
    return (await answer.json()) as T
  } catch (error) {
    throw error instanceof Trouble ? error : new Trouble('offline')
  } finally {
    clearTimeout(timer)
  }
}

/** Only secure pages have randomUUID; a hotel's own network may be none. */
function newKey(): string {
  if (isSecureContext) return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, '0')).join('')
}

const keys = new Map<string | Blob, string>()

async function send<T>(path: string, body: string | Blob, media: string, patience?: number): Promise<T> {
  const what = typeof body === 'string' ? `${path} ${body}` : body
  const key = keys.get(what) ?? newKey()
  keys.set(what, key)
  try {
    const headers = { 'content-type': media, 'idempotency-key': key }
    const answer = await ask<T>(path, { method: 'POST', headers, body }, patience)
    keys.delete(what)
    return answer
  } catch (error) {
    if (!troubleOf(error).isOpen) keys.delete(what)
    throw error
  }
}

const TEXT = 'application/json'
export const get = <T>(path: string): Promise<T> => ask<T>(path, {})
export const answerOrder = (token: string, body: Answer): Promise<Order> => send(`/orders/${token}`, JSON.stringify(body), TEXT)
export const report = (token: string, body: Report): Promise<Reported> => send(`/places/${token}`, JSON.stringify(body), TEXT)
export const addPicture = (token: string, picture: Blob): Promise<{ id: string }> =>
  send(`/photos?token=${token}`, picture, picture.type, PATIENCE_FOR_PICTURES)
