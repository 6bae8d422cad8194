/** A choice that this device remembers, and that every part of the page hears of. */

import { useSyncExternalStore } from 'react'

export interface Kept {
  get: () => string | null
  set: (value: string) => void
  use: () => string | null
}

/** `own`: each window has its own, and a new one begins with what was chosen last. */
export function kept(key: string, own = false): Kept {
  const heard = new Set<() => void>()
  let mine = own ? (sessionStorage.getItem(key) ?? localStorage.getItem(key)) : null
  const get = (): string | null => (own ? mine : localStorage.getItem(key))
  return {
    get,
    set(value) {
      mine = value
      localStorage.setItem(key, value)
      if (own) sessionStorage.setItem(key, value)
      for (const one of heard) one()
    },
    use: () =>
      useSyncExternalStore((hear) => {
        heard.add(hear)
        return () => heard.delete(hear)
      }, get),
  }
}

export const place = kept('serai.property', true)
export const theme = kept('serai.theme')
/** The code of the company whose people sign in here: it offers their accounts, and closes nobody out. */
export const company = kept('serai.company')
/** Somebody who is signed in has left to show another account of theirs. */
export const linking = kept('serai.link')
