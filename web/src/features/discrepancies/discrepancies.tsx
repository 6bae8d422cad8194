/** Rooms where those who looked saw something else than what is told of them. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { CheckCheck, Scale } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { useMay } from '@/api/people'
import { board, MANY } from '@/api/queries'
import type { components } from '@/api/schema'
import { Badge } from '@/components/bits'
import { Chip } from '@/components/filters'
import { Facts } from '@/components/page'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { Photos } from '@/frame/photos'
import { useNow } from '@/lib/clock'
import { distance, number } from '@/lib/i18n'
import { useWanted } from '@/lib/wanted'

type Discrepancy = components['schemas']['DiscrepancyOut']
interface Around {
  t: TFunction
  here: Here | undefined
  now: number
  room: (id: string) => string
  resolved: string | undefined
  want: (change: { resolved: string | undefined }) => void
}

const state = (occupancy: Discrepancy['seen_occupancy'], persons: number | null, t: TFunction): string =>
  occupancy === 'occupied' && persons !== null ? t('differ.persons', { count: persons, shown: number(persons) }) : t(`differ.${occupancy}`)

function kindOf({ t, here, now, room, resolved, want }: Around): Catalogue<Discrepancy> {
  const place = here?.id ?? ''
  return {
    words: 'differ', icon: Scale, key: ['discrepancies', place, resolved], manage: 'discrepancy.resolve',
    ask: (cursor, signal) => data(api.GET('/api/v1/discrepancies', { params: { query: { property_id: place, state: resolved ? 'resolved' : 'open', limit: MANY, cursor } }, signal })),
    single: (id, signal) => data(api.GET('/api/v1/discrepancies/{discrepancy_id}', { params: { path: { discrepancy_id: id } }, signal })),
    name: (one) => t('differ.room', { number: room(one.room_id) }),
    find: (one) => one.note ?? '',
    columns: [
      { name: t('differ.where'), show: (one) => <span dir="auto">{t('differ.room', { number: room(one.room_id) })}</span> },
      { name: t('differ.kind'), show: (one) => <Badge look={one.kind === 'skip' ? 'dirty' : 'pickup'}>{t(`differ.kinds.${one.kind}`)}</Badge> },
      { name: t('differ.seen'), show: (one) => <><span className="hidden [li_&]:inline">{t('differ.seen')}: </span>{state(one.seen_occupancy, one.seen_persons, t)}</> },
      { name: t('differ.told'), show: (one) => <><span className="hidden [li_&]:inline">{t('differ.told')}: </span>{state(one.told_occupancy, one.told_persons, t)}</> },
      { name: t('differ.note'), show: (one) => one.note && <bdi className="break-words">{one.note}</bdi> },
      { name: t('differ.when'), show: (one) => distance(one.found_at, now) },
      { name: t('differ.by'), show: (one) => <bdi>{one.found_by}</bdi> },
    ],
    fields: () => [],
    actions: {
      resolve: {
        icon: CheckCheck, fields: [{ name: 'resolution', label: t('differ.resolution'), kind: 'textarea', required: true, hint: t('differ.resolutionHint') }],
        perform: (one, given) => data(api.POST('/api/v1/discrepancies/{discrepancy_id}/resolve', { params: { path: { discrepancy_id: one.id } }, body: { resolution: String(given.resolution) } })),
      },
    },
    names: (one) => one.allowed_actions.filter((name) => name === 'resolve'),
    filters: <Chip on={resolved !== undefined} set={(on) => want({ resolved: on ? 'yes' : undefined })}>{t('differ.resolved')}</Chip>,
    isFiltered: resolved !== undefined,
    inside: (one) => (
      <>
        {one.resolved_at && <Facts rows={[[t('differ.resolution'), one.resolution], [t('differ.resolvedAt'), distance(one.resolved_at, now)], [t('differ.by'), one.resolved_by]]} />}
        <Photos of={one.id} />
      </>
    ),
  }
}

export function Discrepancies() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const now = useNow()
  const client = useQueryClient()
  const [{ resolved }, want] = useWanted<{ resolved?: string | undefined }>()
  useFresh(['property.room.'], ['discrepancies'])
  const { data: rooms } = useQuery({ ...board(here?.id ?? '', client), enabled: may('room.read') })
  const numbers = new Map(rooms?.items.map((one) => [one.id, one.number]))
  return catalogue(kindOf({ t, here, now, room: (id) => numbers.get(id) ?? '…', resolved, want }))
}
