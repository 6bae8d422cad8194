/** What somebody typed stays in this tab until it was sent; what they said for good stays on this device. */

import { useState } from 'preact/hooks'

const PLACES = { tab: () => sessionStorage, device: () => localStorage } as const

function read<T>(where: keyof typeof PLACES, key: string, empty: T): T {
  try {
    const kept = PLACES[where]().getItem(key)
    return kept === null ? empty : (JSON.parse(kept) as T)
  } catch {
    return empty
  }
}

export function useKept<T>(name: string, empty: T, where: keyof typeof PLACES = 'tab'): [T, (value: T) => void, () => void] {
  const key = `serai.portal.${name}`
  const [value, set] = useState<T>(() => read(where, key, empty))
  const keep = (next: T): void => {
    set(next)
    try {
      PLACES[where]().setItem(key, JSON.stringify(next))
    } catch {}
  }
  const forget = (): void => {
    set(empty)
    try {
      PLACES[where]().removeItem(key)
    } catch {}
  }
  return [value, keep, forget]
}
