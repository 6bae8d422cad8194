/** The time of day as a component sees it: told anew every so often, by one timer for all. */

import { useSyncExternalStore } from 'react'

const EVERY = 15_000
const heard = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = Date.now()
  for (const one of heard) one()
}

function listen(hear: () => void): () => void {
  if (heard.size === 0) {
    if (Date.now() - now > EVERY) now = Date.now()
    timer = setInterval(tick, EVERY)
  }
  heard.add(hear)
  return () => {
    heard.delete(hear)
    if (heard.size === 0) clearInterval(timer)
  }
}

export const useNow = (): number => useSyncExternalStore(listen, () => now)
