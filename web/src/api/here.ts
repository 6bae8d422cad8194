/** The hotel that is looked at: the one chosen in this window, else the first of one's own. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { me, type Me } from '@/api/queries'
import { place } from '@/lib/kept'

export type Here = Me['properties'][number]

export function useHere(): Here | undefined {
  const chosen = place.use()
  const { properties } = useSuspenseQuery(me()).data
  return properties.find((one) => one.id === chosen) ?? properties[0]
}

/** What is shown may be of another of one's hotels, where a notice or a link led to it: then that hotel is looked at. */
export function useFollow(owner: string | null | undefined): void {
  const { properties } = useSuspenseQuery(me()).data
  const isMine = properties.some((one) => one.id === owner)
  useEffect(() => {
    if (owner && isMine) place.set(owner)
  }, [owner, isMine])
}
