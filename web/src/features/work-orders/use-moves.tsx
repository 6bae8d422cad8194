/** The actions of work orders with all that their forms choose from. */

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useHere } from '@/api/here'
import { useMay, usePeople } from '@/api/people'
import type { WorkOrder } from '@/api/queries'
import { useTrades } from '@/api/trades'
import { hints, vendors } from '@/features/work-orders/ask'
import { orderActions } from '@/features/work-orders/moves'
import { useAct } from '@/frame/act'

export function useMoves(one?: WorkOrder) {
  const { t, i18n } = useTranslation()
  const may = useMay()
  const here = useHere()
  const people = usePeople()
  const { all: kinds, name: trade } = useTrades()
  const { data: firms = [] } = useQuery({ ...vendors(), enabled: may('vendor.read') })
  const { data: best = [] } = useQuery({ ...hints(one?.id ?? ''), enabled: one !== undefined && may('workorder.assign') && (one.state === 'open' || one.state === 'assigned') })
  const serving = firms.filter((firm) => !one || firm.categories.length === 0 || firm.categories.includes(one.category))
  const actions = orderActions({ t, language: i18n.language, people, vendors: serving, categories: kinds, hints: best })
  const label = (name: string): string => t(`orderMove.${name}`)
  return { actions, label, people, kinds, trade, firms, ...useAct<WorkOrder>(actions, label, here?.zone ?? 'UTC', [['orders'], ['order'], ['board'], ['files']], (which) => `#${which.number}`) }
}
