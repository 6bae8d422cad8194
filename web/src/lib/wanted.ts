/** The filters of a page are its address: what one sees can be sent to somebody, kept, and gone back to. */

import { useLocation, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'

export function useWanted<T extends object>(): [wanted: T, want: (change: Partial<T>) => void, search: string, apply: (search: string) => void] {
  const wanted = useLocation().search as T
  const go = useNavigate()
  const want = useCallback((change: Partial<T>) => void go({ to: '.', search: ((old: object) => ({ ...old, ...change })) as never, replace: true }), [go])
  const said = Object.entries(wanted).filter(([name, value]) => name !== 'id' && name !== 'room' && value)
  const search = new URLSearchParams(said as [string, string][]).toString()
  const apply = useCallback((next: string) => void go({ to: '.', search: Object.fromEntries(new URLSearchParams(next)) as never, replace: true }), [go])
  return [wanted, want, search, apply]
}
