/** Commands that wait for the network: kept on this phone, sent in order, shown until they are answered, never dropped in silence. */

import { useSyncExternalStore } from 'react'
import { commands, drop, keep, type Command, type Photo } from '@/offline/store'

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
export const waits = (one: Command): boolean => one.state !== 'done'

export function useCommands(): readonly Command[] {
  return useSyncExternalStore((hear) => {
    heard.add(hear)
    return () => heard.delete(hear)
  }, known)
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

export async function change(command: Command, by: Partial<Command>): Promise<Command> {
  const next = { ...command, ...by }
  await keep(next)
  become(held.map((one) => (one.id === next.id ? next : one)))
  return next
}

export async function forgetCommand(id: string): Promise<void> {
  await drop(id)
  become(held.filter((one) => one.id !== id))
}

/** Send it once more, as of now and under a new key: what was refused had no effect, and may be possible by now. */
export async function retry(command: Command): Promise<void> {
  const { occurred_at: _, ...body } = command.body
  const next: Command = { ...command, id: crypto.randomUUID(), body, state: 'queued', trouble: undefined, tries: 0 }
  await keep(next)
  await drop(command.id)
  become(held.map((one) => (one.id === command.id ? next : one)))
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
    if (one.patch && waits(one) && one.state !== 'failed') patches.set(one.about, { ...patches.get(one.about), ...one.patch })
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
