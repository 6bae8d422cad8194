/** Guests who come and whose room is not ready, the next of them first. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Here } from '@/api/here'
import { board } from '@/api/queries'
import { Badge } from '@/components/bits'
import type { Arrival, Now } from '@/features/dashboard/asked'
import { FREE, Few, Go, Panel, Quiet, type Place } from '@/features/dashboard/panel'
import { distance, moment, number } from '@/lib/i18n'

const LOOKS = {
  OUT_OF_ORDER: 'out_of_order', OUT_OF_SERVICE: 'out_of_service', MAINTENANCE_REQUIRED: 'out_of_order', OCCUPIED: 'pickup',
  CHECKOUT_DIRTY: 'dirty', CLEANING_IN_PROGRESS: 'cleaning', CLEANED_UNINSPECTED: 'clean', READY_FOR_GUEST: 'inspected',
} as const
const MANY = 6
const comes = (one: Arrival): string => one.eta ?? one.arrival

/** `at` is when it stood so. */
export function Arrivals({ here, found, at }: { here: Here; found: Now; at: number }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useQuery(board(here.id, client))
  const ids = new Map(data?.items.map((one) => [one.number, one.id]))
  const waits = found.arrivals.filter((one) => !one.ready).toSorted((one, other) => Date.parse(comes(one)) - Date.parse(comes(other)))
  const placeOf = (room: string | null): Place => {
    if (!room) return FREE
    const id = ids.get(room)
    return { to: '/board', search: id ? { room: id } : { find: room } }
  }
  const { expected, ready } = found.readiness
  return (
    <Panel title={t('dash.arrivals.title')} about={t('dash.arrivals.about', { ready: number(ready), all: number(expected) })} all={{ to: '/board', search: { only: 'arrivals' } }}>
      {waits.length === 0 ? <Quiet>{t(expected === 0 ? 'dash.ready.none' : 'dash.arrivals.all')}</Quiet> : (
        <Few items={waits} many={MANY}>{(one) => <li key={one.stay_id} className="border-t border-line first:border-0"><Guest one={one} place={placeOf(one.room_number)} zone={here.zone} now={at} /></li>}</Few>
      )}
    </Panel>
  )
}

function Guest({ one, place, zone, now }: { one: Arrival; place: Place; zone: string; now: number }) {
  const { t } = useTranslation()
  const at = comes(one)
  return (
    <Go place={place} className="-mx-2 flex min-h-12 items-center gap-3 rounded-lg px-2 py-1.5 text-sm [&.is-link:hover]:bg-sunken print:min-h-0 print:py-1">
      <span className="min-w-14 font-semibold"><bdi>{one.room_number ?? '–'}</bdi></span>
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5"><span className="num whitespace-nowrap">{moment(at, { hour: '2-digit', minute: '2-digit', timeZone: zone })}</span>{one.vip && <span className="inline-flex items-center gap-1 text-xs font-semibold text-brand-text"><Star size={13} className="fill-current" aria-hidden />{t('dash.arrivals.vip')}</span>}</span>
        <span className="block truncate text-xs text-ink-3">{distance(at, now)}{one.room_type && <> · <bdi>{t('dash.arrivals.type', { type: one.room_type })}</bdi></>}</span>
      </span>
      {one.room_status ? <Badge look={LOOKS[one.room_status]}>{t(`dash.status.${one.room_status}`)}</Badge> : <span data-gravity="critical" className="inline-flex h-6 items-center whitespace-nowrap rounded-md bg-look-tint px-2 text-xs font-semibold text-look-ink">{t('dash.arrivals.none')}</span>}
    </Go>
  )
}
