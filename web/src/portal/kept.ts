/** What somebody typed stays in this tab until it was sent. */

import { useCallback, useState } from 'preact/hooks'

function read<T>(key: string, empty: T): T {
  try {
    const kept = sessionStorage.getItem(key)
    return kept === null ? empty : (JSON.parse(kept) as T)
  } catch {
    return empty
  }
}

export function useKept<T>(name: string, empty: T): [T, (value: T) => void, () => void] {
  const key = `serai.portal.${name}`
  const [value, set] = useState<T>(() => read(key, empty))
  const keep = useCallback((next: T) => {
    set(next)
    try {
      sessionStorage.setItem(key, JSON.stringify(next))
    } catch {}
  }, [key])
  const forget = useCallback(() => {
    set(empty)
    try {
      sessionStorage.removeItem(key)
    } catch {}
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is empty stays so
  }, [key])
  return [value, keep, forget]
}
