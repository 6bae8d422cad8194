/** The time of day as a component sees it: told anew every so often, by one timer for all. */

import { createContext, useContext, useSyncExternalStore } from 'react'

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

/** The zone of the hotel that is looked at; without one, that of this device. */
export const Zone = createContext<string | undefined>(undefined)
export const useZone = (): string | undefined => useContext(Zone)

const wall = (at: Date | number | string, timeZone: string): string[] => new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(new Date(at)).split(' ')

/** The calendar day of a moment in a zone: 2026-03-01. */
export const dateIn = (at: Date | number | string, timeZone: string): string => wall(at, timeZone)[0] ?? ''

/** The hotel's day at a moment: it changes at `rollover` (a wall time), not at midnight. */
export function businessDate(at: Date | number | string, zone: string, rollover = '00:00:00'): string {
  const [date = '', time = ''] = wall(at, zone)
  return time < rollover ? new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10) : date
}
