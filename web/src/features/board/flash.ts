/** A room that changed lights up for a moment; many at once do not. Only opacity moves: nothing is drawn anew. */

import { useEffect, useRef, type RefObject } from 'react'
import type { BoardRoom } from '@/api/queries'

const MANY = 6

export function useFlash(rooms: readonly BoardRoom[], tiles: RefObject<HTMLElement | null>): void {
  const seen = useRef<ReadonlyMap<string, number>>(undefined)
  useEffect(() => {
    const before = seen.current
    seen.current = new Map(rooms.map((one) => [one.id, one.version]))
    if (!before || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const changed = rooms.filter((one) => before.has(one.id) && before.get(one.id) !== one.version)
    if (changed.length > MANY) return
    for (const { id } of changed) {
      tiles.current?.querySelector(`[data-id="${id}"]`)?.animate({ opacity: [1, 0] }, { duration: 900, easing: 'ease-out', pseudoElement: '::after' })
    }
  }, [rooms, tiles])
}
