/** What the hotel owns and keeps in repair: where it is, how well it is, until when it is under warranty. */

import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { Boxes } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { useMay } from '@/api/people'
import { every, MANY } from '@/api/queries'
import { Bar, HEALTH_LOW, healthLook } from '@/components/bits'
import { Chip, Choice } from '@/components/filters'
import type { Field } from '@/components/form'
import { CatalogueOf as catalogue, type Catalogue } from '@/frame/catalogue'
import { Inside, type Asset } from '@/features/assets/inside'
import { dateIn, useNow } from '@/lib/clock'
import { moment, number } from '@/lib/i18n'
import { useWanted } from '@/lib/wanted'


const KINDS = ['hvac_unit', 'generator', 'water_tank', 'lock_device', 'linen_set', 'furniture_lot', 'appliance', 'lift', 'boiler', 'it', 'other'] as const satisfies readonly Asset['kind'][]
const GRAVITY = ['low', 'medium', 'high', 'critical'] as const
const DATE = { dateStyle: 'medium', timeZone: 'UTC' } as const

function Health({ of }: { of: number }) {
  return <span className="inline-flex items-center gap-2"><span className="w-16 shrink-0"><Bar share={of / 100} look={healthLook(of)} /></span><span className="num">{number(of)}</span></span>
}

interface Wanted {
  kind?: string
  low?: string
  retired?: string
}
interface Around {
  t: TFunction
  here: Here | undefined
  /** In the hotel. */
  today: string
  /** Rooms and other places by name. */
  where: ReadonlyMap<string, string>
  wanted: Wanted
  want: (change: Wanted) => void
}

function kindOf({ t, here, today, where, wanted, want }: Around): Catalogue<Asset> {
  const place = here?.id ?? ''
  const kinds = KINDS.map((one) => [one, t(`assets.kinds.${one}`)] as const)
  const kind = KINDS.find((one) => one === wanted.kind)
  const fields = (one: Asset | undefined): Field[] => [
    { name: 'name', label: t('assets.name'), required: true, initial: one?.name },
    { name: 'kind', label: t('assets.kind'), kind: 'select', required: true, options: kinds, initial: one?.kind },
    { name: 'code', label: t('assets.code'), ltr: true, unique: 'asset_code', hint: t('assets.codeHint'), initial: one?.code },
    { name: 'space_id', label: t('assets.place'), kind: 'select', options: [...where], initial: one?.space_id },
    { name: 'criticality', label: t('assets.criticality'), kind: 'select', required: true, options: GRAVITY.map((grave) => [grave, t(`severity.${grave}`)] as const), initial: one?.criticality ?? 'medium' },
    { name: 'make', label: t('assets.maker'), initial: one?.make },
    { name: 'model', label: t('assets.model'), initial: one?.model },
    { name: 'serial', label: t('assets.serial'), ltr: true, initial: one?.serial },
    { name: 'installed_on', label: t('assets.installed'), kind: 'date', initial: one?.installed_on },
    { name: 'serviced_on', label: t('assets.serviced'), kind: 'date', initial: one?.serviced_on },
    { name: 'warranty_until', label: t('assets.warranty'), kind: 'date', initial: one?.warranty_until },
    { name: 'replacement_cost', label: t('assets.cost', { currency: here?.currency }), kind: 'number', step: 'any', min: 0, initial: one?.replacement_cost },
    { name: 'note', label: t('assets.note'), kind: 'textarea', initial: one?.note },
  ]
  return {
    words: 'assets', icon: Boxes, key: ['assets', 'list', place, kind, wanted.low, wanted.retired], manage: 'asset.manage',
    ask: (cursor, signal) => data(api.GET('/api/v1/maintenance/assets', {
      params: { query: { property_id: place, kind, active: !wanted.retired, limit: MANY, cursor, ...(wanted.low && { health_below: HEALTH_LOW }) } }, signal,
    })),
    single: (id, signal) => data(api.GET('/api/v1/maintenance/assets/{asset_id}', { params: { path: { asset_id: id } }, signal })),
    name: (one) => one.name,
    find: (one) => `${one.code ?? ''} ${one.make ?? ''} ${one.model ?? ''} ${one.serial ?? ''} ${where.get(one.space_id ?? '') ?? ''}`,
    columns: [
      { name: t('assets.name'), show: (one) => <bdi>{one.name}</bdi> },
      { name: t('assets.code'), show: (one) => one.code && <span dir="ltr">{one.code}</span> },
      { name: t('assets.kind'), show: (one) => t(`assets.kinds.${one.kind}`) },
      { name: t('assets.place'), show: (one) => one.space_id && <bdi>{where.get(one.space_id) ?? '…'}</bdi> },
      { name: t('assets.health'), show: (one) => one.health_index !== null && <Health of={one.health_index} /> },
      { name: t('assets.warranty'), show: (one) => one.warranty_until && (one.warranty_until < today ? <span className="text-ink-3">{t('assets.over', { at: moment(one.warranty_until, DATE) })}</span> : moment(one.warranty_until, DATE)) },
    ],
    fields,
    make: (given) => data(api.POST('/api/v1/maintenance/assets', { body: { ...given, property_id: place } as never })),
    change: (one, given) => data(api.PATCH('/api/v1/maintenance/assets/{asset_id}', { params: { path: { asset_id: one.id } }, body: { ...given, version: one.version } })),
    filters: (
      <>
        <Choice name={t('assets.kind')} value={kind} options={kinds} set={(next) => want({ kind: next })} />
        <Chip on={wanted.low !== undefined} set={(on) => want({ low: on ? 'yes' : undefined })}>{t('assets.low')}</Chip>
        <Chip on={wanted.retired !== undefined} set={(on) => want({ retired: on ? 'yes' : undefined })}>{t('assets.retired')}</Chip>
      </>
    ),
    isFiltered: Boolean(kind ?? wanted.low ?? wanted.retired),
    inside: (one) => <Inside one={one} zone={here?.zone ?? 'UTC'} />,
  }
}

export function Assets() {
  const { t } = useTranslation()
  const here = useHere()
  const may = useMay()
  const today = dateIn(useNow(), here?.zone ?? 'UTC')
  const place = here?.id ?? ''
  const [wanted, want] = useWanted<Wanted>()
  useFresh(['maintenance.asset.', 'maintenance.meter.'], ['assets'])
  const { data: spaces } = useQuery({
    queryKey: ['spaces', place, 'all'], enabled: may('space.read'), staleTime: 300_000,
    queryFn: ({ signal }) => every((cursor) => data(api.GET('/api/v1/spaces', { params: { query: { property_id: place, limit: MANY, cursor } }, signal }))),
  })
  const shown = (one: { kind: string; name: string }): string => one.kind === 'room' ? t('assets.room', { number: one.name }) : one.name
  const where = new Map(spaces?.map((one) => [one.id, shown(one)]))
  return catalogue(kindOf({ t, here, today, where, wanted, want }))
}
