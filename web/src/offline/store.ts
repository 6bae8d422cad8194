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
  /** How often the server had lost them, for they waited too long. */
  lost?: number
  /** What the server answered, where that is the thing itself: what was read before may be older. */
  answer?: { id: string; version?: number }
  tries: number
  /** When its key was made, where that was later than itself. */
  keyed?: number
  /** `stuck`: tried often and in vain, and tried on. `old`: the server may have forgotten its key, and would do it twice. */
  state: 'queued' | 'stuck' | 'old' | 'conflict' | 'failed' | 'done'
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
  if (opened) return opened
  const asked = openDB<Shape>('serai', 1, {
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
  opened = asked
  asked.catch(() => {
    if (opened === asked) opened = null // the next one tries again
  })
  return asked
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

/** Changes one that is still there: what was dropped or wiped meanwhile does not come back. Under another id it takes its place. */
export async function alter(id: string, change: (found: Command) => Command): Promise<Command | undefined> {
  const all = (await database()).transaction('outbox', 'readwrite', { durability: 'strict' })
  const found = await all.store.get(id)
  const next = found && change(found)
  if (next && next.id !== id) await all.store.delete(id)
  if (next) await all.store.put(next)
  await all.done
  return next
}

export const commands = async (): Promise<Command[]> => (await database()).getAllFromIndex('outbox', 'order')

/** Keeps of which epoch the server's streams are. Where one is another than before (a clock may have gone back), the server was restored: in the same moment all commands become as `again` says. */
export async function stand(epochs: readonly { stream: string; epoch: number }[], again: (one: Command) => Command): Promise<boolean> {
  const all = (await database()).transaction(['outbox', 'marks'], 'readwrite', { durability: 'strict' })
  const [outbox, marks] = [all.objectStore('outbox'), all.objectStore('marks')]
  let isRestored = false
  for (const { stream, epoch } of epochs) {
    const before = (await marks.get(`epoch:${stream}`)) as number | undefined
    if (before !== undefined && epoch !== before) isRestored = true
  }
  if (isRestored) for (const one of await outbox.getAll()) await outbox.put(again(one))
  for (const { stream, epoch } of epochs) await marks.put(epoch, `epoch:${stream}`)
  await all.done
  return isRestored
}

/** What was read goes with every session; with one that its person ended go their own commands too. Those of others wait until they are back. */
export async function wipe(by = ''): Promise<void> {
  const all = (await database()).transaction(['outbox', 'read'], 'readwrite')
  const outbox = all.objectStore('outbox')
  for (const one of await outbox.getAll()) if (one.by === by) await outbox.delete(one.id)
  await all.objectStore('read').clear()
  await all.done
}
