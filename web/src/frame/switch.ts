/** To another of one's hotels: the same page, if one may see it there; what was picked and filtered here stays behind. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { me } from '@/api/queries'
import { firstPage, PAGES } from '@/frame/pages'
import { place } from '@/lib/kept'

export function useSwitch(): (id: string) => void {
  const go = useNavigate()
  const router = useRouter()
  const { properties } = useSuspenseQuery(me()).data
  return useCallback((id) => {
    const path = router.latestLocation.pathname
    const page = PAGES.find((one) => path === one.to || path.startsWith(`${one.to}/`))
    const may = properties.find((one) => one.id === id)?.permissions ?? []
    const to = page ? (may.includes(page.permission) ? page.to : firstPage(may)) : path
    void go({ to, search: {}, replace: true }).finally(() => place.set(id)) // first away from what is of this hotel: it would be followed
  }, [go, router, properties])
}
