/** Spare parts: how many there are, what came and went, and what has to be bought. */

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { ArrowRightLeft, ClipboardCheck, Package, PackagePlus, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { useMay } from '@/api/people'
import { every, MANY, me } from '@/api/queries'
import type { components } from '@/api/schema'
import { Chip } from '@/components/filters'
import type { Field, Given } from '@/components/form'
import { Facts, Part as Section } from '@/components/page'
import type { Actions } from '@/frame/act'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { Retire } from '@/frame/retire'
import { useNow } from '@/lib/clock'
import { distance, money, number } from '@/lib/i18n'
import { unitName, unitOf, units } from '@/lib/units'
import { useWanted } from '@/lib/wanted'

type Part = components['schemas']['PartsPartOut']
const at = (one: Part) => ({ params: { path: { part_id: one.id } } })
const turn = (active: boolean, one: Part) => data(api.PATCH('/api/v1/maintenance/parts/{part_id}', { ...at(one), body: { active, version: one.version } }))
const amount = (text: string): string => number(Number(text))

interface Around {
  t: TFunction
  here: Here | undefined
  wanted: { low?: string; retired?: string }
  want: (change: { low?: string; retired?: string }) => void
  actions: Actions<Part>
  /** There is another hotel to move them to. */
  moves: boolean
}

function kindOf({ t, here, wanted, want, actions, moves }: Around): Catalogue<Part> {
  const place = here?.id ?? ''
  const fields = (one: Part | undefined): Field[] => [
    { name: 'name', label: t('parts.name'), required: true, initial: one?.name },
    ...(one ? [] : [{ name: 'part_number', label: t('parts.number'), ltr: true, required: true, unique: 'part_number' } as const]),
    { name: 'unit', label: t('parts.unit'), required: true, initial: unitName(one?.unit ?? 'piece', t), suggest: units(t) },
    { name: 'reorder_at', label: t('parts.reorder'), kind: 'number', step: 'any', min: 0, hint: t('parts.reorderHint'), initial: one?.reorder_at },
    ...(one ? [] : [{ name: 'last_cost', label: t('parts.unitCost', { currency: here?.currency }), kind: 'number', step: 'any', min: 0 } as const]),
    { name: 'supplier', label: t('parts.supplier'), initial: one?.supplier },
    { name: 'place', label: t('parts.place'), initial: one?.place },
    { name: 'note', label: t('parts.note'), kind: 'textarea', initial: one?.note },
    { name: 'below_zero', label: t('parts.belowZero'), kind: 'check', hint: t('parts.belowZeroHint'), initial: one?.below_zero },
  ]
  const counted = ({ unit }: Given): Given => (typeof unit === 'string' ? { unit: unitOf(unit, t) } : {})
  return {
    words: 'parts', icon: Package, key: ['parts', 'list', place, wanted.low, wanted.retired], manage: 'part.manage',
    ask: (cursor, signal) => data(api.GET('/api/v1/maintenance/parts', {
      params: { query: { property_id: place, active: !wanted.retired, limit: MANY, cursor, ...(wanted.low && { low: true }) } }, signal,
    })),
    single: (id, signal) => data(api.GET('/api/v1/maintenance/parts/{part_id}', { params: { path: { part_id: id } }, signal })),
    name: (one) => one.name,
    find: (one) => `${one.part_number} ${one.supplier ?? ''} ${one.place ?? ''}`,
    columns: [
      { name: t('parts.name'), show: (one) => <bdi>{one.name}</bdi> },
      { name: t('parts.number'), show: (one) => <span dir="ltr">{one.part_number}</span> },
      { name: t('parts.stock'), show: (one) => <Stock one={one} /> },
      { name: t('parts.reorder'), isFigure: true, show: (one) => one.reorder_at && <><span className="hidden [li_&]:inline">{t('parts.reorder')}: </span>{amount(one.reorder_at)}</> },
      { name: t('parts.lastCost'), isFigure: true, show: (one) => one.last_cost && money(one.last_cost, one.currency) },
    ],
    fields, actions,
    names: (one) => (one.active ? ['receive', 'adjust', 'transfer'].filter((name) => one.allowed_actions.includes(name) && (moves || name !== 'transfer')) : []),
    make: (given) => data(api.POST('/api/v1/maintenance/parts', { body: { ...given, ...counted(given), property_id: place } as never })),
    change: (one, given) => data(api.PATCH('/api/v1/maintenance/parts/{part_id}', { ...at(one), body: { ...given, ...counted(given), version: one.version } })),
    filters: (
      <>
        <Chip on={wanted.low !== undefined} set={(on) => want({ low: on ? 'yes' : undefined })}>{t('parts.low')}</Chip>
        <Chip on={wanted.retired !== undefined} set={(on) => want({ retired: on ? 'yes' : undefined })}>{t('parts.retired')}</Chip>
      </>
    ),
    isFiltered: Boolean(wanted.low ?? wanted.retired),
    inside: (one) => <Inside one={one} zone={here?.zone ?? 'UTC'} />,
  }
}

export function Parts() {
  const { t } = useTranslation()
  const here = useHere()
  const { properties } = useSuspenseQuery(me()).data
  const [wanted, want] = useWanted<{ low?: string; retired?: string; id?: string }>()
  useFresh(['maintenance.part.', 'maintenance.part_usage.'], ['parts'])
  const { data: others } = useQuery({
    queryKey: ['parts', 'everywhere'], enabled: wanted.id !== undefined && properties.length > 1,
    queryFn: ({ signal }) => every((cursor) => data(api.GET('/api/v1/maintenance/parts', { params: { query: { active: true, limit: MANY, cursor } }, signal }))),
  })
  const open = others?.find((one) => one.id === wanted.id)
  const hotel = (id: string): string => properties.find((one) => one.id === id)?.name ?? ''
  const note: Field = { name: 'note', label: t('parts.note') }
  const quantity: Field = { name: 'quantity', label: t('parts.quantity'), kind: 'number', step: 'any', min: 0, required: true }
  const actions: Actions<Part> = {
    receive: {
      icon: PackagePlus, fields: [quantity, { name: 'unit_cost', label: t('parts.unitCost', { currency: here?.currency }), kind: 'number', step: 'any', min: 0 }, note],
      perform: (one, given) => data(api.POST('/api/v1/maintenance/parts/{part_id}/receive', { ...at(one), body: given as never })),
    },
    adjust: {
      icon: ClipboardCheck, fields: [{ ...quantity, label: t('parts.counted'), hint: t('parts.countedHint') }, { ...note, label: t('parts.why'), required: true }],
      perform: (one, given) => data(api.POST('/api/v1/maintenance/parts/{part_id}/adjust', { ...at(one), body: given as never })),
    },
    transfer: {
      icon: ArrowRightLeft,
      fields: [quantity, {
        name: 'to_part_id', label: t('parts.to'), kind: 'select', required: true, hint: t('parts.toHint'),
        options: (others ?? []).filter((one) => one.property_id !== here?.id && one.unit === open?.unit && one.currency === open.currency).map((one) => [one.id, `${hotel(one.property_id)}: ${one.name} (${one.part_number})`] as const),
      }, note],
      perform: (one, given) => data(api.POST('/api/v1/maintenance/parts/{part_id}/transfer', { ...at(one), body: given as never })),
    },
  }
  return catalogue(kindOf({ t, here, wanted, want, actions, moves: properties.length > 1 }))
}

function Stock({ one }: { one: Part }) {
  const { t } = useTranslation()
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <span className="num">{amount(one.available)}{one.reserved !== '0' && <span className="text-ink-3"> / {amount(one.on_hand)}</span>} <bdi className="text-ink-3">{unitName(one.unit, t)}</bdi></span>
      {one.low_since && <span className="inline-flex items-center gap-1 text-xs font-semibold text-bad"><TriangleAlert size={13} aria-hidden />{t('parts.isLow')}</span>}
    </span>
  )
}

function Inside({ one, zone }: { one: Part; zone: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const now = useNow()
  const { data: moves } = useQuery({
    queryKey: ['parts', 'history', one.id],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/parts/{part_id}/history', { params: { path: { part_id: one.id }, query: { limit: 20 } }, signal }))).items,
  })
  const isHeld = one.active && (Number(one.on_hand) !== 0 || Number(one.reserved) !== 0)
  return (
    <>
      <Facts rows={[[t('parts.supplier'), one.supplier], [t('parts.place'), one.place], [t('parts.note'), one.note]]} />
      <Section title={t('parts.history')}>
        {moves?.length === 0 && <p className="text-sm text-ink-3">{t('parts.noHistory')}</p>}
        <ul className="flex flex-col gap-2 text-sm">
          {moves?.map((move) => {
            const delta = Number(move.on_hand_delta) || Number(move.reserved_delta)
            return (
              <li key={move.id} className="flex gap-3">
                <span className="num w-12 shrink-0 text-end font-semibold" dir="ltr">{delta > 0 ? '+' : ''}{number(delta)}</span>
                <span className="min-w-0"><span className="block">{t(`parts.moves.${move.kind}`)} · <span className="text-ink-2">{t('parts.then', { shown: amount(move.on_hand) })}</span></span>{move.note && <span className="block break-words text-ink-2" dir="auto">{move.note}</span>}<span className="text-xs text-ink-3">{distance(move.at, now)} · <bdi>{move.by}</bdi></span></span>
              </li>
            )
          })}
        </ul>
      </Section>
      {may('part.manage') && isHeld && <p className="text-xs text-ink-3">{t('parts.retireHint')}</p>}
      {may('part.manage') && !isHeld && <Retire of="parts" one={one} zone={zone} turn={turn} />}
    </>
  )
}
