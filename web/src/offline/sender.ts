/** Sends what waits: one tab at a time, in order for each thing, again with longer pauses, under the same key, as whoever gave it. */

import { refused, token } from '@/api/session'
import { hear, type Place } from '@/api/live'
import { holder } from '@/lib/ids'
import { language } from '@/lib/i18n'
import { PATIENCE, Problem, problemOf, unanswered } from '@/lib/problem'
import { change, forgetCommand, isAged, known, onPut, readBack, type Command } from '@/offline/outbox'
import { stand } from '@/offline/store'

const DAY = 86_400_000
const REGULAR = 30_000
const LONGEST = 300_000
/** After so many tries in vain a person is told. */
const OFTEN = 5
/** So often another is let go first. */
const YIELDS = 2
/** Nobody is signed in, or there is too much to do: not an answer. */
const LATER = new Set([401, 408, 425, 429])
const answered = new Set<(command: Command, answer: unknown) => void>()
let timer: ReturnType<typeof setTimeout> | undefined
let isSending = false
let who = ''

export function onAnswer(take: (command: Command, answer: unknown) => void): () => void {
  answered.add(take)
  return () => answered.delete(take)
}

const lost = (): never => {
  throw unanswered()
}

interface Asked { body?: BodyInit; key?: string; type?: string }

/** As whoever gave the command, or not at all: another may have signed in since the last request. */
async function ask(by: string, method: string, path: string, { body, key, type }: Asked = {}): Promise<unknown> {
  const mine = await token()
  if (mine === null || holder(mine) !== by) throw unanswered() // it waits for them
  const headers = { authorization: `Bearer ${mine}`, 'accept-language': language(), ...(key && { 'idempotency-key': key }), ...(type && { 'content-type': type }) }
  const signal = AbortSignal.timeout(type?.startsWith('image/') ? PATIENCE.picture : PATIENCE.words)
  const answer = await fetch(path, { method, headers, body: body ?? null, signal }).catch(lost)
  if (answer.status === 401) await refused(mine)
  if (!answer.ok) throw await problemOf(answer)
  return answer.json().catch(lost) // it took effect: what the server said was cut on its way, and is said again
}

/** What a person dropped meanwhile is not sent. */
async function note(command: Command, by: Partial<Command>): Promise<Command> {
  const now = await change(command, by)
  if (!now) throw new Error('dropped')
  return now
}

async function sendOne(command: Command): Promise<unknown> {
  let now = command
  for (const [n, one] of command.photos.entries()) {
    if (now.fileIds[n]) continue
    const query = new URLSearchParams({ property_id: now.place, name: one.name })
    const key = [now.id, n, ...(now.lost ? [now.lost] : [])].join('-')
    const made = (await ask(now.by, 'POST', `/api/v1/files?${query}`, { body: one.blob, key, type: one.blob.type })) as { id: string }
    now = await note(now, { fileIds: [...now.fileIds, made.id] })
  }
  const send = (): Promise<unknown> => {
    const body = JSON.stringify(now.fileIds.length > 0 ? { ...now.body, file_ids: now.fileIds } : now.body)
    return ask(now.by, now.method, now.path, { body, key: now.id, type: 'application/json' })
  }
  const { anyVersion, read } = now
  if (!anyVersion || !read) return send()
  for (let tries = 0; ; tries += 1) {
    try {
      if (now.body.version !== undefined) return await send() // a repeat has the same words: one key is for one body
    } catch (error) {
      if (!refuses(error) || !error.conflicts || tries === YIELDS) throw error
    }
    const { version } = (await ask(now.by, 'GET', read)) as { version: number }
    now = await note(now, { body: { ...now.body, version } })
  }
}

/** Photos that waited too long for their command are gone from the server: it refuses, and they are sent once more. */
async function sendWhole(command: Command): Promise<unknown> {
  try {
    return await sendOne(command)
  } catch (error) {
    if (!refuses(error) || !error.faults.some((one) => one.pointer.startsWith('/file_ids'))) throw error
    return sendOne(await note(command, { fileIds: [], lost: (command.lost ?? 0) + 1 }))
  }
}

const isThing = (answer: unknown, id: string): answer is { id: string; version?: number } => typeof answer === 'object' && answer !== null && 'id' in answer && answer.id === id

const isBusy = (error: Problem): boolean => error.code === 'busy'
/** Not about one command: the others wait with it. */
const isForAll = (error: unknown): boolean => error instanceof Problem && (error.unanswered || [401, 429, 503].includes(error.status)) && !isBusy(error)
/** Only what the server itself says of this command is an answer: not what stands between us says, and no fault of this phone. */
const refuses = (error: unknown): error is Problem =>
  error instanceof Problem && error.status >= 400 && error.status < 500 && !LATER.has(error.status) && !isBusy(error) && error.code !== 'unknown'

async function settle(command: Command): Promise<void> {
  const now = (): Command => known().find((one) => one.id === command.id) ?? command
  let answer: unknown
  try {
    answer = await sendWhole(now())
  } catch (error) {
    if (!refuses(error)) throw error
    await change(now(), { state: error.conflicts ? 'conflict' : 'failed', trouble: error.message })
    return
  }
  const done = await change(now(), { state: 'done', doneAt: Date.now(), trouble: undefined, answer: isThing(answer, command.about) ? answer : undefined })
  for (const one of answered) {
    try {
      one(done ?? command, answer)
    } catch (error) {
      reportError(error)
    }
  }
}

const isOpen = (one: Command): boolean => one.state === 'queued' || one.state === 'stuck'

/** The next one of each thing: what stands behind one that needs a person waits for that person; behind one that was tried, for the next round. */
function next(tried: ReadonlySet<string>): Command | undefined {
  const seen = new Set(tried)
  for (const one of known()) {
    if (one.state === 'done' || one.by !== who) continue
    if (isOpen(one) && !seen.has(one.about)) return one
    seen.add(one.about)
  }
  return undefined
}

async function sendAll(): Promise<void> {
  if (isSending || !who) return
  const by = who
  isSending = true
  clearTimeout(timer)
  let wait = REGULAR
  try {
    await navigator.locks.request('serai.outbox', async () => {
      await readBack()
      await tidy()
      const tried = new Set<string>()
      for (let one = next(tried); one; one = next(tried)) {
        try {
          await settle(one)
        } catch (error) {
          tried.add(one.about)
          const tries = one.tries + 1
          const isOver = isForAll(error)
          await change(one, { tries, ...(!isOver && tries >= OFTEN && { state: 'stuck' }) }).catch(() => null)
          const pause = Math.min(LONGEST, 2_000 * 2 ** Math.min(tries, 8)) * (0.5 + Math.random() / 2)
          wait = tried.size > 1 ? Math.min(wait, pause) : pause
          if (isOver) return
        }
      }
    })
  } finally {
    isSending = false
    if (who) timer = setTimeout(() => void sendAll(), who === by ? wait : 0)
  }
}

async function tidy(): Promise<void> {
  for (const one of known()) {
    if (one.state === 'done' && (one.doneAt ?? 0) < Date.now() - DAY) await forgetCommand(one.id)
    else if (isOpen(one) && isAged(one)) await change(one, { state: 'old' })
  }
}

/** After a restore the server may have lost its last minute: what it answered in the last day is sent again, under the same keys; and what it
 * refused, for it may have forgotten what that stood on; and the photos, which it may not have. */
async function compare(streams: readonly Place[]): Promise<void> {
  await navigator.locks.request('serai.outbox', async () => {
    const again = (one: Command): Command => isAged(one) ? one : ({ ...one, state: 'queued', tries: 0, fileIds: [], trouble: undefined, answer: undefined })
    if (await stand(streams, again)) await readBack()
  })
}

/** Send what this person gave, from now on, until the function that is given back is called. */
export function startSending(by: string): () => void {
  who = by
  const now = (): void => void sendAll()
  const stops = [onPut(now), hear({ stood: (streams) => void compare(streams).then(now) })]
  addEventListener('online', now)
  document.addEventListener('visibilitychange', now)
  now()
  return () => {
    who = ''
    for (const one of stops) one()
    removeEventListener('online', now)
    document.removeEventListener('visibilitychange', now)
    clearTimeout(timer)
  }
}
