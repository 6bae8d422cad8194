/** What somebody must look at: what is critical first, each a way to where it is put right. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { AlertTriangle, CircleAlert, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Here } from '@/api/here'
import { useMay } from '@/api/people'
import { board } from '@/api/queries'
import { useTrades } from '@/api/trades'
import { Ask } from '@/components/ask'
import { alerts, type Alert } from '@/features/dashboard/asked'
import { FREE, Few, Go, Panel, type Place } from '@/features/dashboard/panel'
import { distance, number } from '@/lib/i18n'
import { retold } from '@/lib/stored'

const MANY = 6

/** Where it is put right; what only the log of the service tells of has no page. */
function placeOf({ kind, subject, room_number: room }: Alert, roomId: string | undefined): Place | undefined {
  switch (kind) {
    case 'task_delayed': return { to: '/tasks', search: subject ? { id: subject } : { late: 'yes' } }
    case 'arrival_without_room': return FREE
    case 'arrival_room_not_ready': return { to: '/board', search: roomId ? { room: roomId } : room ? { find: room } : { only: 'arrivals' } }
    case 'discrepancy': return { to: '/discrepancies', ...(subject && { search: { id: subject } }) }
    case 'order_late': return subject ? { to: `/work-orders/${subject}` } : { to: '/work-orders', search: { late: 'yes' } }
    case 'part_low': return { to: '/parts', search: subject ? { id: subject } : { low: 'yes' } }
    default: return undefined
  }
}

export function Attention({ here }: { here: Here }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const may = useMay()
  const query = useQuery(alerts(here.id))
  const { data: rooms } = useQuery({ ...board(here.id, client), enabled: may('room.read') })
  const ids = new Map(rooms?.items.map((one) => [one.number, one.id]))
  const worst = query.data?.critical ?? 0
  const about = query.data && query.data.total > 0 ? t('dash.alert.about', { count: query.data.total, shown: number(query.data.total), critical: number(worst) }) : undefined
  return (
    <Panel title={t('dash.alert.title')} about={about}>
      <Ask query={query}>
        {({ items }) => items.length === 0 ? (
          <p className="grid flex-1 place-items-center content-center gap-2 py-6 text-center text-sm text-ink-3"><span data-look="inspected"><CircleCheck size={28} className="text-look" aria-hidden /></span>{t('dash.alert.none')}</p>
        ) : (
          <Few items={items.toSorted((one, other) => Number(other.severity === 'critical') - Number(one.severity === 'critical'))} many={MANY}>
            {(one) => <li key={one.kind + (one.subject ?? one.what ?? '')} className="border-t border-line first:border-0"><Line one={one} place={placeOf(one, ids.get(one.room_number ?? ''))} now={query.dataUpdatedAt} /></li>}
          </Few>
        )}
      </Ask>
    </Panel>
  )
}

function Line({ one, place, now }: { one: Alert; place: Place | undefined; now: number }) {
  const { t } = useTranslation()
  const may = useMay()
  const isLate = one.kind === 'order_late'
  const trades = useTrades(isLate && may('workorder.read'))
  const isWorst = one.severity === 'critical'
  const Icon = isWorst ? AlertTriangle : CircleAlert
  const what = one.kind === 'task_delayed' ? t(`task.${one.what ?? 'custom'}`) : isLate ? trades.name(one.what ?? '') : one.what
  const where = one.room_number && t('dash.alert.room', { room: one.room_number })
  const told = one.kind === 'arrival_room_not_ready' ? [where, one.detail] : [where, what, retold(one.detail, t)]
  return (
    <Go place={place} className="-mx-2 flex min-h-12 items-center gap-3 rounded-lg px-2 py-1.5 text-sm [&.is-link:hover]:bg-sunken print:min-h-0 print:py-1">
      <span data-gravity={isWorst ? 'critical' : 'medium'} className="shrink-0"><Icon size={18} className="text-look" aria-label={t(`dash.alert.${one.severity}`)} /></span>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{t(`dash.alert.${one.kind}`)}{one.count > 1 && <span className="num ms-1.5 whitespace-nowrap text-xs text-ink-3">{t('dash.alert.times', { count: one.count, shown: number(one.count) })}</span>}</span>
        <span className="block truncate text-xs text-ink-3">{told.filter(Boolean).map((text, index) => <span key={String(text)}>{index > 0 && ' · '}<bdi>{text}</bdi></span>)}</span>
      </span>
      <span className="num whitespace-nowrap text-xs text-ink-3">{distance(one.since, now, 'narrow')}</span>
    </Go>
  )
}
