/** Commands that wait for the network: kept on this phone, sent in order, shown until they are answered, never dropped in silence. */

import { useMemo, useSyncExternalStore } from 'react'
import { alter, commands, drop, keep, type Command, type Photo } from '@/offline/store'

export type { Command, Photo }
export type Order = Pick<Command, 'by' | 'place' | 'about' | 'label' | 'method' | 'path' | 'body'> &
  Partial<Pick<Command, 'values' | 'read' | 'patch' | 'photos' | 'anyVersion'>>

let held: readonly Command[] = []
let last = 0
const heard = new Set<() => void>()
const senders = new Set<() => void>()

function become(next: readonly Command[]): void {
  held = next.toSorted((one, other) => one.order - other.order)
  for (const one of heard) one()
}

/** All that is known here, answered ones too. */
export const known = (): readonly Command[] => held
const WEEK = 604_800_000
/** The server knows keys for a week; what is older a person sends, or nobody. */
export const isAged = (one: Command): boolean => (one.keyed ?? one.order) < Date.now() - WEEK
export const waits = (one: Command): boolean => one.state !== 'done'

const listen = (hear: () => void) => {
  heard.add(hear)
  return () => heard.delete(hear)
}

/** What this person gave, and how much of others waits here: of theirs no more is shown. */
export function useCommands(by: string | null | undefined): readonly [mine: readonly Command[], others: number] {
  const all = useSyncExternalStore(listen, known)
  return useMemo(() => [all.filter((one) => one.by === by), all.filter((one) => one.by !== by && waits(one)).length], [all, by])
}

export async function readBack(): Promise<void> {
  const found = await commands()
  last = Math.max(last, ...found.map((one) => one.order))
  become(found)
}

/** Resolves when it is on the disk; only then may anybody say that it is saved. */
export async function put(order: Order): Promise<Command> {
  void navigator.storage?.persist?.()
  const stamp = (last = Math.max(last + 1, Date.now()))
  const made: Command = {
    values: {}, photos: [], ...order, id: crypto.randomUUID(), order: stamp, at: new Date(stamp).toISOString(),
    fileIds: [], tries: 0, state: 'queued',
  }
  await keep(made)
  become([...held, made])
  for (const one of senders) one()
  return made
}

async function replace(id: string, how: (found: Command) => Command): Promise<Command | undefined> {
  const next = await alter(id, how)
  become(held.flatMap((one) => (one.id !== id ? [one] : next ? [next] : [])))
  return next
}

/** As it is now; nothing where it is no longer there. */
export const change = ({ id }: Command, by: Partial<Command>): Promise<Command | undefined> => replace(id, (found) => ({ ...found, ...by }))

export async function forgetCommand(id: string): Promise<void> {
  await drop(id)
  become(held.filter((one) => one.id !== id))
}

/** Send it once more, as of now and under a new key: what was refused had no effect, and may be possible by now. Its photos go along anew.
 * Of one that is stuck nobody knows: it keeps its key. */
export async function retry({ id }: Command): Promise<void> {
  await replace(id, (found) => {
    const open = { ...found, state: 'queued', trouble: undefined, tries: 0 } as const
    if (found.state === 'stuck') return open
    const { occurred_at: _, ...body } = found.body
    return { ...open, id: crypto.randomUUID(), keyed: Date.now(), body, fileIds: [] }
  })
  for (const one of senders) one()
}

export function onPut(send: () => void): () => void {
  senders.add(send)
  return () => senders.delete(send)
}

/** Things as they will be when all that waits has been sent; what was answered after they were read counts too. */
export function overlaid<T extends { id: string; version?: number }>(items: readonly T[], all: readonly Command[]): T[] {
  const patches = new Map<string, Record<string, unknown>>()
  const answers = new Map<string, { version?: number }>()
  for (const one of all) {
    if (one.answer && (one.answer.version ?? 0) > (answers.get(one.about)?.version ?? 0)) answers.set(one.about, one.answer)
    if (one.patch && waits(one) && one.state !== 'failed' && one.state !== 'old') patches.set(one.about, { ...patches.get(one.about), ...one.patch })
  }
  return items.map((one) => {
    const answer = answers.get(one.id)
    const isOld = (answer?.version ?? 0) > (one.version ?? 0)
    return isOld || patches.has(one.id) ? { ...one, ...(isOld && answer), ...patches.get(one.id) } : one
  })
}

/** How much of what the browser lets us keep is used: a share between 0 and 1. */
export async function usage(): Promise<number> {
  const { usage: used = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {}
  return quota ? used / quota : 0
}
