/** What this phone keeps in its database: commands that are not sent yet, those that were answered (for a day), and what was last read. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

export interface Photo {
  name: string
  blob: Blob
}
/** A command as it will be sent: nothing of the app's code is needed to send it, so it outlives an update. */
export interface Command {
  /** Also its Idempotency-Key. */
  id: string
  order: number
  /** Who gave it, and in which hotel. */
  by: string
  place: string
  /** What it is about: commands about one thing are sent in their order, one at a time. */
  about: string
  /** The words for it, and their holes. */
  label: string
  values: Record<string, string>
  at: string
  method: 'POST' | 'PATCH' | 'PUT'
  path: string
  body: Record<string, unknown>
  /** Where the thing itself is read, to show what became of it meanwhile. */
  read?: string
  /** What it changes, for the eyes, until the server has answered. */
  patch?: Record<string, unknown>
  /** Nobody's answer stands against another's: it is sent for the version that the thing has then. */
  anyVersion?: boolean
  /** Sent first; their ids become `file_ids` of the body. */
  photos: Photo[]
  fileIds: string[]
  /** What the server answered, where that is the thing itself: what was read before may be older. */
  answer?: { id: string; version?: number }
  tries: number
  state: 'queued' | 'conflict' | 'failed' | 'done'
  trouble?: string
  doneAt?: number
}

interface Shape extends DBSchema {
  outbox: { key: string; value: Command; indexes: { order: number } }
  read: { key: string; value: string }
  marks: { key: string; value: unknown }
}

let opened: Promise<IDBPDatabase<Shape>> | null = null

export function database(): Promise<IDBPDatabase<Shape>> {
  opened ??= openDB<Shape>('serai', 1, {
    upgrade(made) {
      made.createObjectStore('outbox', { keyPath: 'id' }).createIndex('order', 'order')
      made.createObjectStore('read')
      made.createObjectStore('marks')
    },
    blocking(_, __, event) {
      opened = null
      ;(event.target as IDBDatabase).close() // another tab is newer, or wipes
    },
    terminated() {
      opened = null
    },
  })
  return opened
}

/** On the disk, not only on its way there: Chrome's own default may lose the last writes when the phone goes off. */
export async function keep(command: Command): Promise<void> {
  const all = (await database()).transaction('outbox', 'readwrite', { durability: 'strict' })
  await all.store.put(command)
  await all.done
}

export async function drop(id: string): Promise<void> {
  const all = (await database()).transaction('outbox', 'readwrite', { durability: 'strict' })
  await all.store.delete(id)
  await all.done
}

export const commands = async (): Promise<Command[]> => (await database()).getAllFromIndex('outbox', 'order')

/** Keeps of which epoch the server's streams are. Where one is newer than before, the server was restored: in the same moment all commands become as `again` says. */
export async function stand(epochs: readonly { stream: string; epoch: number }[], again: (one: Command) => Command): Promise<boolean> {
  const all = (await database()).transaction(['outbox', 'marks'], 'readwrite', { durability: 'strict' })
  const [outbox, marks] = [all.objectStore('outbox'), all.objectStore('marks')]
  let isRestored = false
  for (const { stream, epoch } of epochs) {
    const before = (await marks.get(`epoch:${stream}`)) as number | undefined
    if (before !== undefined && epoch > before) isRestored = true
  }
  if (isRestored) for (const one of await outbox.getAll()) await outbox.put(again(one))
  for (const { stream, epoch } of epochs) await marks.put(epoch, `epoch:${stream}`)
  await all.done
  return isRestored
}

/** Nothing of a person stays on the phone after they signed out. */
export async function wipe(): Promise<void> {
  const found = await database()
  await Promise.all([found.clear('outbox'), found.clear('read'), found.clear('marks')])
}

/** A session that only ended takes along what was read; what its person gave waits until they are back. */
export const wipeRead = async (): Promise<void> => (await database()).clear('read')
