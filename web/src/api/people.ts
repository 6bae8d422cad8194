/** Names for ids; all else about the staff only for those who may read it. */

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { me, people, peopleNames, type Staff } from '@/api/queries'
import type { Permission } from '@/api/house'
import { useHere } from '@/api/here'

export const useMay = (): ((permission: Permission) => boolean) => {
  const here = useHere()
  return (permission) => here?.permissions.includes(permission) ?? false
}

export interface People {
  all: readonly Staff[]
  name: (id: string | null | undefined) => string
}

export function usePeople(): People {
  const here = useHere()
  const { data: self } = useQuery(me())
  const place = here?.id ?? ''
  const maySee = here?.permissions.includes('staff.read') ?? false
  const { data } = useQuery({ ...people(place), enabled: maySee })
  const { data: others } = useQuery({ ...peopleNames(place), enabled: here !== undefined && !maySee })
  return useMemo(() => {
    const known = new Map((data ?? others)?.map((one) => [one.id, one.name]))
    if (self?.id) known.set(self.id, self.name)
    return { all: (data ?? []).filter((one) => one.state === 'active'), name: (id) => (id ? (known.get(id) ?? '…') : '') }
  }, [data, others, self])
}
