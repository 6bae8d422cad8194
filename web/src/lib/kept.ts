/** A choice that this device remembers, and that every part of the page hears of. */

import { useSyncExternalStore } from 'react'

export interface Kept {
  get: () => string | null
  set: (value: string) => void
  use: () => string | null
}

export function kept(key: string): Kept {
  const heard = new Set<() => void>()
  const get = (): string | null => localStorage.getItem(key)
  return {
    get,
    set(value) {
      localStorage.setItem(key, value)
      for (const one of heard) one()
    },
    use: () =>
      useSyncExternalStore((hear) => {
        heard.add(hear)
        return () => heard.delete(hear)
      }, get),
  }
}

export const place = kept('serai.property')
export const theme = kept('serai.theme')
