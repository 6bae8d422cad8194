/** Sends what waits: one tab at a time, in order for each thing, again with longer pauses, under the same key, as whoever gave it. */

import { token } from '@/api/session'
import { hear, type Place } from '@/api/live'
import { problemOf, unanswered, type Problem } from '@/lib/problem'
import { change, forgetCommand, known, onPut, readBack, type Command } from '@/offline/outbox'
import { stand } from '@/offline/store'

const DAY = 86_400_000
const REGULAR = 30_000
const LONGEST = 300_000
/** So often another is let go first. */
const YIELDS = 2
/** The server is busy with the same command, or with everything: not an answer. */
const LATER = new Set([408, 425, 429, 500, 502, 503, 504])
const answered = new Set<(command: Command, answer: unknown) => void>()
let timer: ReturnType<typeof setTimeout> | undefined
let isSending = false
let who = ''

export function onAnswer(take: (command: Command, answer: unknown) => void): () => void {
  answered.add(take)
  return () => answered.delete(take)
}

async function ask(method: string, path: string, key?: string, body?: BodyInit, type?: string): Promise<unknown> {
  const mine = await token()
  if (mine === null) throw unanswered() // nobody is signed in: it waits
  const headers = { authorization: `Bearer ${mine}`, ...(key && { 'idempotency-key': key }), ...(type && { 'content-type': type }) }
  const answer = await fetch(path, { method, headers, body: body ?? null }).catch(() => {
    throw unanswered()
  })
  if (!answer.ok) throw await problemOf(answer)
  return answer.json()
}

async function sendOne(command: Command): Promise<unknown> {
  let now = command
  for (const [n, one] of command.photos.entries()) {
    if (now.fileIds[n]) continue
    const query = new URLSearchParams({ property_id: now.place, name: one.name })
    const made = (await ask('POST', `/api/v1/files?${query}`, `${now.id}-${n}`, one.blob, one.blob.type)) as { id: string }
    now = await change(now, { fileIds: [...now.fileIds, made.id] })
  }
  const send = (): Promise<unknown> => ask(now.method, now.path, now.id, JSON.stringify(now.fileIds.length > 0 ? { ...now.body, file_ids: now.fileIds } : now.body), 'application/json')
  const { anyVersion, read } = now
  if (!anyVersion || !read) return send()
  for (let tries = 0; ; tries += 1) {
    try {
      if (now.body.version !== undefined) return await send() // a repeat has the same words: one key is for one body
    } catch (error) {
      if (!(error as Problem).conflicts || tries === YIELDS) throw error
    }
    const { version } = (await ask('GET', read)) as { version: number }
    now = await change(now, { body: { ...now.body, version } })
  }
}

const isThing = (answer: unknown, id: string): answer is { id: string; version?: number } => typeof answer === 'object' && answer !== null && 'id' in answer && answer.id === id

async function settle(command: Command): Promise<void> {
  const fresh = known().find((one) => one.id === command.id) ?? command
  try {
    const answer = await sendOne(fresh)
    const now = known().find((one) => one.id === command.id) ?? fresh
    await change(now, { state: 'done', doneAt: Date.now(), trouble: undefined, answer: isThing(answer, now.about) ? answer : undefined })
    for (const one of answered) one(now, answer)
  } catch (error) {
    const problem = error as Problem
    const now = known().find((one) => one.id === command.id) ?? fresh
    if (problem.unanswered || problem.status === 401 || LATER.has(problem.status)) throw error
    await change(now, { state: problem.conflicts ? 'conflict' : 'failed', trouble: problem.message })
  }
}

/** The next one of each thing: what stands behind one that needs a person waits for that person. */
function next(): Command | undefined {
  const seen = new Set<string>()
  for (const one of known()) {
    if (one.state === 'done' || one.by !== who) continue
    if (one.state === 'queued' && !seen.has(one.about)) return one
    seen.add(one.about)
  }
  return undefined
}

async function sendAll(): Promise<void> {
  if (isSending) return
  isSending = true
  clearTimeout(timer)
  let wait = REGULAR
  try {
    await navigator.locks.request('serai.outbox', async () => {
      await readBack()
      await tidy()
      for (let one = next(); one; one = next()) {
        try {
          await settle(one)
        } catch {
          const tries = one.tries + 1
          await change(known().find(({ id }) => id === one?.id) ?? one, { tries })
          wait = Math.min(LONGEST, 2_000 * 2 ** Math.min(tries, 8)) * (0.5 + Math.random() / 2)
          return
        }
      }
    })
  } finally {
    isSending = false
    timer = setTimeout(() => void sendAll(), wait)
  }
}

async function tidy(): Promise<void> {
  const old = known().filter((one) => one.state === 'done' && (one.doneAt ?? 0) < Date.now() - DAY)
  for (const one of old) await forgetCommand(one.id)
}

/** After a restore the server may have lost its last minute: what it answered in the last day is sent again, under the same keys; and what it
 * refused, for it may have forgotten what that stood on; and the photos, which it may not have. */
async function compare(streams: readonly Place[]): Promise<void> {
  await navigator.locks.request('serai.outbox', async () => {
    const again = (one: Command): Command => ({ ...one, state: 'queued', tries: 0, fileIds: [], trouble: undefined, answer: undefined })
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
    for (const one of stops) one()
    removeEventListener('online', now)
    document.removeEventListener('visibilitychange', now)
    clearTimeout(timer)
  }
}
