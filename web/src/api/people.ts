/** Names for ids. Who may not read the staff sees their own name alone. */

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { me, people, type Staff } from '@/api/queries'
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
  const { data } = useQuery({ ...people(here?.id ?? ''), enabled: here?.permissions.includes('staff.read') ?? false })
  return useMemo(() => {
    const names = new Map(data?.map((one) => [one.id, one.name]))
    if (self?.id) names.set(self.id, self.name)
    return { all: (data ?? []).filter((one) => one.state === 'active'), name: (id) => (id ? (names.get(id) ?? '…') : '') }
  }, [data, self])
}

/** The name of a kind of repairs, in the reader's language. */
export const named = (names: Record<string, string>, language: string, code: string): string => names[Object.keys(names).find((one) => one.startsWith(language)) ?? 'en'] ?? code
