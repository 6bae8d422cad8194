/** What happens in the house, as it happens: places are kept for each stream, and a gap is never overlooked. */

import { useSyncExternalStore } from 'react'
import type { Socket } from 'socket.io-client'
import { again, isSignedIn, refused, token } from '@/api/session'

export interface Fact {
  id: string
  type: string
  sequence: number
  data: Record<string, unknown>
}
export interface Place {
  stream: string
  epoch: number
  position: number
}
type LiveState = 'live' | 'connecting' | 'offline'
interface Listener {
  fact?: (fact: Fact, at: Place) => void
  /** Something was missed: take a fresh snapshot. */
  missed?: () => void
  /** Where the streams stand now; another epoch says that the server was restored. */
  stood?: (streams: readonly Place[]) => void
}

/** A stream of another hotel than the one that is looked at; the company's own is of all. */
export const isElsewhere = (stream: string, place: string | undefined): boolean => stream.startsWith('prp_') && stream !== place

const SOON = 2_000
/** Before its end a token is renewed: when the session itself thinks it too old to be used (30 s), not sooner. */
const LEAD = 20_000
const places = new Map<string, Place>()
const listeners = new Set<Listener>()
const watchers = new Set<() => void>()
let state: LiveState = 'connecting'
let socket: Socket | null = null
/** The access token that the socket has. */
let given = ''
let renewal: ReturnType<typeof setTimeout> | undefined

function become(next: LiveState): void {
  state = next
  for (const one of watchers) one()
}

export function useLive(): LiveState {
  return useSyncExternalStore((watch) => {
    watchers.add(watch)
    return () => watchers.delete(watch)
  }, () => state)
}

export function hear(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function missed(): void {
  for (const one of listeners) one.missed?.()
}

function stand(streams: Place[]): void {
  for (const one of streams) places.set(one.stream, one)
  for (const one of listeners) one.stood?.(streams)
}

function take(name: string, content: Record<string, unknown>): void {
  if (name === 'welcome') welcome(content as { streams: Place[]; expires_at: string })
  else if (name === 'resync') {
    stand(content.streams as Place[])
    missed()
  } else if (name === 'head') {
    const gone = (content.streams as Place[]).some((one) => places.get(one.stream)?.position !== one.position)
    if (gone) {
      stand(content.streams as Place[])
      missed()
    }
  } else if (name === 'bye') bye(content.reason as string)
  else if ('after' in content) move(content as unknown as Place & { after: number; event?: Fact })
}

function move({ stream, after, position, event }: Place & { after: number; event?: Fact }): void {
  const at = places.get(stream)
  if (!at) return
  const next = { ...at, position }
  places.set(stream, next)
  if (at.position !== after) missed()
  else if (event) for (const one of listeners) one.fact?.(event, next)
}

function welcome({ streams, expires_at }: { streams: Place[]; expires_at: string }): void {
  become('live')
  if (places.size > 0) for (const one of listeners) one.stood?.(streams)
  else {
    stand(streams)
    missed() // what was read before we listened may be old
  }
  arm(Math.max(SOON, Date.parse(expires_at) - Date.now() - LEAD))
}

function arm(wait: number): void {
  clearTimeout(renewal)
  renewal = setTimeout(() => void renew(wait), wait)
}

async function renew(wait: number): Promise<void> {
  const fresh = await token().catch(() => null)
  if (fresh) socket?.emit('authenticate', { token: (given = fresh) })
  arm(wait)
}

function bye(why: string): void {
  const soon = (isIn = true): unknown => isIn && setTimeout(() => socket?.connect(), SOON + Math.random() * SOON)
  if (why === 'signed_out') void refused(given).then(again).then(soon)
  else soon()
}

const lost = (): void => become('offline')

/** Its code comes after the first picture, which can do without. */
async function open(): Promise<Socket> {
  const { io } = await import('socket.io-client')
  const made = io({
    transports: ['websocket'], reconnectionDelayMax: 20_000, randomizationFactor: 0.8,
    auth: (give) => {
      token().then((fresh) => give({ token: (given = fresh ?? ''), cursors: [...places.values()] })).catch(() => give({}))
    },
  })
  made.onAny(take)
  made.on('disconnect', () => become(navigator.onLine ? 'connecting' : 'offline'))
  made.io.on('reconnect_attempt', () => become('connecting'))
  made.on('connect_error', () => {
    become(navigator.onLine ? 'connecting' : 'offline')
    if (!made.active) setTimeout(() => isSignedIn() && made.connect(), SOON + Math.random() * SOON) // refused: nobody else tries again
  })
  return made
}

/** Listen until the function that is given back is called. */
export function listen(): () => void {
  let isOver = false
  const begin = (): void => {
    open().then((made) => (isOver ? made.disconnect() : (socket = made)), () => {
      lost()
      if (!isOver) setTimeout(begin, LEAD)
    })
  }
  begin()
  addEventListener('offline', lost)
  return () => {
    isOver = true
    removeEventListener('offline', lost)
    clearTimeout(renewal)
    socket?.disconnect()
    places.clear()
    socket = null
  }
}
