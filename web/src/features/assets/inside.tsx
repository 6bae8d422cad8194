/** The sheet of an asset: its meters, how well it was said to be, what is open on it, and its end. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Gauge, HeartPulse, Plus, Wrench } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useMay } from '@/api/people'
import { LIVE_ORDERS } from '@/api/queries'
import type { components } from '@/api/schema'
import { Severity } from '@/components/bits'
import type { Given } from '@/components/form'
import { Facts, Part } from '@/components/page'
import { useAct, type Actions } from '@/frame/act'
import { Retire } from '@/frame/retire'
import { useNow } from '@/lib/clock'
import { distance, moment, number } from '@/lib/i18n'
import { retold } from '@/lib/stored'

const Report = lazy(() => import('@/frame/report').then((found) => ({ default: found.Report })))

export type Asset = components['schemas']['AssetOut']

type Meter = components['schemas']['MeterOut']

const METERS = ['run_hours', 'kwh', 'cycles', 'occupied_nights', 'battery_percent', 'temperature', 'other'] as const satisfies readonly Meter['kind'][]
const READINGS = ['reading', 'reset', 'swap'] as const satisfies readonly components['schemas']['ReadingBody']['kind'][]
const STALE = [['assets']] as const
const DATE = { dateStyle: 'medium', timeZone: 'UTC' } as const
const at = (one: Asset) => ({ params: { path: { asset_id: one.id } } })
const turn = (active: boolean, one: Asset) => data(api.PATCH('/api/v1/maintenance/assets/{asset_id}', { ...at(one), body: { active, version: one.version } }))

export function Inside({ one, zone }: { one: Asset; zone: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const actions: Actions<Asset> = {
    health: {
      icon: HeartPulse,
      fields: [{ name: 'health_index', label: t('assets.healthNow'), kind: 'number', min: 0, max: 100, required: true, hint: t('assets.healthHint') }, { name: 'reason', label: t('assets.why'), required: true }],
      perform: (asset, given) => data(api.POST('/api/v1/maintenance/assets/{asset_id}/health-update', { ...at(asset), body: given as never })),
    },
    meter: {
      icon: Plus,
      fields: [
        { name: 'kind', label: t('assets.counts'), kind: 'select', required: true, options: METERS.map((kind) => [kind, t(`assets.meters.${kind}`)] as const) },
        { name: 'name', label: t('assets.name') }, { name: 'unit', label: t('assets.unit') },
      ],
      perform: (asset, given) => data(api.POST('/api/v1/maintenance/assets/{asset_id}/meters', { ...at(asset), body: given as never })),
    },
  }
  const [reports, setReports] = useState(false)
  const label = (name: string): string => t(`assets.act.${name}`)
  const { begin, asks } = useAct(actions, label, zone, STALE)
  return (
    <>
      <Facts rows={[
        [t('assets.criticality'), <Severity key="c" of={one.criticality} />], [t('assets.maker'), one.make], [t('assets.model'), one.model], [t('assets.serial'), one.serial && <span key="s" dir="ltr">{one.serial}</span>],
        [t('assets.installed'), one.installed_on && moment(one.installed_on, DATE)], [t('assets.serviced'), one.serviced_on && moment(one.serviced_on, DATE)], [t('assets.note'), one.note],
      ]} />
      <Part title={t('assets.healthTitle')} aside={may('asset.read_meter') && one.active && <button type="button" className="btn h-9 text-xs" onClick={() => begin('health', one)}><HeartPulse size={15} aria-hidden />{label('health')}</button>}><Told of={one.id} /></Part>
      <Part title={t('assets.metersTitle')} aside={may('asset.manage') && one.active && <button type="button" className="btn h-9 text-xs" onClick={() => begin('meter', one)}><Plus size={15} aria-hidden />{label('meter')}</button>}><Meters of={one.id} zone={zone} /></Part>
      {may('workorder.read') && <Part title={t('assets.open')} aside={may('workorder.create') && one.active && <button type="button" className="btn h-9 text-xs" onClick={() => setReports(true)}><Wrench size={15} aria-hidden />{t('report.title')}</button>}><Open of={one.id} /></Part>}
      {may('asset.manage') && <Retire of="assets" one={one} zone={zone} turn={turn} />}
      {asks}
      {reports && <Suspense><Report asset={one} close={() => setReports(false)} /></Suspense>}
    </>
  )
}

function Told({ of }: { of: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const { data: found } = useQuery({
    queryKey: ['assets', 'health', of],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/assets/{asset_id}/health', { params: { path: { asset_id: of }, query: { limit: 10 } }, signal }))).items,
  })
  if (found?.length === 0) return <p className="text-sm text-ink-3">{t('assets.noHealth')}</p>
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {found?.map((one) => (
        <li key={one.at + String(one.health_index)} className="flex gap-3">
          <span className="num w-8 shrink-0 text-end font-semibold">{number(one.health_index)}</span>
          <span className="min-w-0"><span className="block break-words" dir="auto">{one.reason ?? t(`assets.source.${one.source}`)}</span><span className="text-xs text-ink-3">{distance(one.at, now)} · <bdi>{one.by}</bdi></span></span>
        </li>
      ))}
    </ul>
  )
}

function Meters({ of, zone }: { of: string; zone: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const now = useNow()
  const { data: found } = useQuery({
    queryKey: ['assets', 'meters', of],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/assets/{asset_id}/meters', { params: { path: { asset_id: of } }, signal }))).items,
  })
  const actions: Actions<Meter> = {
    read: {
      icon: Gauge,
      fields: [
        { name: 'value', label: t('assets.value'), kind: 'number', step: 'any', required: true },
        {
          name: 'kind', label: t('assets.reading'), kind: 'select', required: true, initial: 'reading', hint: t('assets.readingHint'),
          options: READINGS.map((kind) => [kind, t(`assets.readings.${kind}`)] as const),
        },
        { name: 'note', label: t('assets.note') },
      ],
      perform: (one, given: Given) => data(api.POST('/api/v1/maintenance/meters/{meter_id}/readings', { params: { path: { meter_id: one.id } }, body: given as never })),
    },
  }
  const { begin, asks } = useAct(actions, (name) => t(`assets.act.${name}`), zone, STALE)
  if (found?.length === 0) return <p className="text-sm text-ink-3">{t('assets.noMeters')}</p>
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {found?.map((one) => (
        <li key={one.id} className="flex items-center justify-between gap-3">
          <span className="min-w-0"><bdi className="block truncate font-medium">{one.name === one.kind.replaceAll('_', ' ') ? t(`assets.meters.${one.kind}`) : one.name}</bdi><span className="text-xs text-ink-3">{one.value === null || !one.read_at ? t('assets.unread') : <><span className="num text-ink-2">{number(Number(one.value))} <bdi>{one.unit}</bdi></span> · {distance(one.read_at, now)}</>}</span></span>
          {may('asset.read_meter') && one.active && <button type="button" className="btn h-9 shrink-0 text-xs" onClick={() => begin('read', one)}>{t('assets.act.read')}</button>}
        </li>
      ))}
      {asks}
    </ul>
  )
}

function Open({ of }: { of: string }) {
  const { t } = useTranslation()
  useFresh(['maintenance.work_order.'], ['orders', 'asset', of])
  const { data: found } = useQuery({
    queryKey: ['orders', 'asset', of],
    queryFn: async ({ signal }) => (await data(api.GET('/api/v1/maintenance/work-orders', { params: { query: { asset_id: of, state: [...LIVE_ORDERS], limit: 20 } }, signal }))).items,
  })
  if (found?.length === 0) return <p className="text-sm text-ink-3">{t('assets.noOpen')}</p>
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {found?.map((one) => (
        <li key={one.id}><Link to="/work-orders/$id" params={{ id: one.id }} className="-mx-2 flex items-center gap-2 rounded-lg px-2 py-2 hover:bg-sunken"><span className="num text-ink-3">#{one.number}</span><bdi className="min-w-0 flex-1 truncate font-medium">{retold(one.title, t)}</bdi><Severity of={one.severity} /></Link></li>
      ))}
    </ul>
  )
}
