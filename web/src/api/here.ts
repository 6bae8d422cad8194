/** The hotel that is looked at: the one chosen on this device, else the first of one's own. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { me, type Me } from '@/api/queries'
import { place } from '@/lib/kept'

export type Here = Me['properties'][number]

export function useHere(): Here | undefined {
  const chosen = place.use()
  const { properties } = useSuspenseQuery(me()).data
  return properties.find((one) => one.id === chosen) ?? properties[0]
}
