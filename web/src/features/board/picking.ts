/** Rooms picked for one action: by X and Shift X, by Ctrl or Shift and a click, by a long press of a thumb. */

import { useCallback, useRef, useState } from 'react'

const LONG = 450

export interface Picking {
  picked: ReadonlySet<string>
  toggle: (id: string, spans: boolean, ids: readonly string[]) => void
  clear: () => void
  /** Begins to count a long press. */
  hold: (id: string) => void
  release: () => void
  /** Whether the click that follows belongs to a long press. */
  wasHeld: () => boolean
}

export function usePicking(): Picking {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const held = useRef(false)
  const toggle = useCallback((id: string, spans: boolean, ids: readonly string[]): void => {
    setPicked((old) => {
      const next = new Set(old)
      const from = spans && last.current ? ids.indexOf(last.current) : -1
      const to = ids.indexOf(id)
      if (from >= 0) for (const one of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one)
      else if (!next.delete(id)) next.add(id)
      last.current = id
      return next
    })
  }, [])
  const release = useCallback(() => clearTimeout(timer.current), [])
  const hold = useCallback((id: string): void => {
    held.current = false
    timer.current = setTimeout(() => {
      held.current = true
      navigator.vibrate?.(15)
      setPicked((old) => new Set(old).add(id))
      last.current = id
    }, LONG)
  }, [])
  const wasHeld = useCallback((): boolean => {
    const was = held.current
    held.current = false
    return was
  }, [])
  return { picked, toggle, clear: useCallback(() => setPicked(new Set()), []), hold, release, wasHeld }
}
