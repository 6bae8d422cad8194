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

/** Nothing of a person stays on the phone after they signed out. */
export async function wipe(): Promise<void> {
  const found = await database()
  await Promise.all([found.clear('outbox'), found.clear('read'), found.clear('marks')])
}
