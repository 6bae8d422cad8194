/** What repairs cost in the chosen days, and the assets that asked for the most. */

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Here } from '@/api/here'
import { useTrades } from '@/api/trades'
import { healthLook } from '@/components/bits'
import { Ask } from '@/components/ask'
import { costs, overview, type Days } from '@/features/dashboard/asked'
import { Bars, Go, Panel, Quiet, Strip } from '@/features/dashboard/panel'
import { money, number, span } from '@/lib/i18n'

interface Props {
  here: Here
  days: Days
}
type Sums = readonly { amount: string; currency: string }[]
const told = (sums: Sums): string => sums.map((one) => money(one.amount, one.currency)).join(' + ')
const DEAREST = 4
const MANY = 5

export function Costs({ here, days }: Props) {
  const { t } = useTranslation()
  const query = useQuery(costs(here.id, days))
  const { name: trade } = useTrades()
  return (
    <Panel title={t('dash.cost.title')}>
      <Ask query={query}>
        {(found) => {
          const main = found.total[0]?.currency
          if (!main) return <Quiet>{t('dash.cost.none')}</Quiet>
          const worth = (sums: Sums): number => Number(sums.find((one) => one.currency === main)?.amount ?? 0)
          const trades = found.by_category.toSorted((one, other) => worth(other.amounts) - worth(one.amounts)).slice(0, DEAREST)
          return (
            <div className="flex flex-col gap-3">
              <dl className="grid grid-cols-2 gap-4">
                <div className="min-w-0"><dt className="text-xs text-ink-3">{t('dash.cost.all')}</dt><dd className="num mt-0.5 text-xl font-semibold">{told(found.total)}</dd></div>
                <div className="min-w-0"><dt className="text-xs text-ink-3">{t('dash.cost.perRoom')}</dt><dd className="num mt-0.5 text-xl font-semibold">{found.per_occupied_room.length > 0 ? told(found.per_occupied_room) : '–'}</dd><dd className="text-xs text-ink-3">{t('dash.cost.nights', { count: found.occupied_room_nights, shown: number(found.occupied_room_nights) })}</dd></div>
              </dl>
              <Bars rows={found.by_kind.map((one) => ({ id: one.kind, name: t(`dash.cost.${one.kind}`), value: worth(one.amounts), shown: told(one.amounts) }))} />
              {trades.length > 0 && <div className="border-t border-line pt-3"><Bars rows={trades.map((one) => ({ id: one.category, name: trade(one.category), value: worth(one.amounts), shown: told(one.amounts), look: 'clean', place: { to: '/work-orders', search: { category: one.category } } }))} /></div>}
            </div>
          )
        }}
      </Ask>
    </Panel>
  )
}

export function Worst({ here, days }: Props) {
  const { t } = useTranslation()
  const query = useQuery(overview(here.id, days))
  return (
    <Panel title={t('dash.asset.title')} about={t('dash.asset.about')} all={{ to: '/assets' }}>
      <Ask query={query}>
        {({ worst_assets: all }) => all.length === 0 ? <Quiet>{t('dash.asset.none')}</Quiet> : (
          <ul className="flex flex-col">
            {all.slice(0, MANY).map((one) => (
              <li key={one.asset_id} className="border-t border-line first:border-0">
                <Go place={{ to: '/assets', search: { id: one.asset_id } }} className="-mx-2 flex min-h-12 items-center gap-3 rounded-lg px-2 py-1.5 text-sm [&.is-link:hover]:bg-sunken print:min-h-0 print:py-1">
                  <span className="min-w-0 flex-1"><span className="block truncate font-medium"><bdi>{one.name}</bdi></span><span className="num block text-xs text-ink-3">{t('dash.kept.orders', { count: one.orders, shown: number(one.orders) })}{one.labour_minutes > 0 && ` · ${span(one.labour_minutes)}`}</span></span>
                  {one.health_index !== null && <span className="w-28 shrink-0"><span className="mb-1 block text-end text-xs text-ink-2">{t('dash.asset.health', { shown: number(one.health_index) })}</span><Strip className="h-1.5" whole={100} parts={[{ look: healthLook(one.health_index), value: one.health_index }]} /></span>}
                </Go>
              </li>
            ))}
          </ul>
        )}
      </Ask>
    </Panel>
  )
}
