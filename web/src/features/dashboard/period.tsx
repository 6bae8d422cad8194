/** How the chosen days went: tasks and orders day by day, promises by trade, repairs by trade. */

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Here } from '@/api/here'
import { useTrades } from '@/api/trades'
import { Ask } from '@/components/ask'
import { Trend } from '@/components/chart'
import { keptShare, orderMetrics, promises, taskMetrics, type Days } from '@/features/dashboard/asked'
import { Bars, Panel, Quiet } from '@/features/dashboard/panel'
import { number, percent } from '@/lib/i18n'
import { groups } from '@/lib/sort'

interface Props {
  here: Here
  days: Days
}
const Draws = () => <div className="skeleton h-64" />

export function TaskTrend({ here, days }: Props) {
  const { t } = useTranslation()
  const query = useQuery(taskMetrics(here.id, days))
  return (
    <Panel title={t('dash.trend.tasks')} all={{ to: '/tasks' }}>
      <Ask query={query} waits={<Draws />}>
        {({ by_day: all }) => all?.length ? <Trend name={t('dash.trend.tasks')} days={all.map((one) => one.date)} series={[{ name: t('dash.trend.completed'), values: all.map((one) => one.completed) }, { name: t('dash.trend.made'), values: all.map((one) => one.made) }]} /> : <Quiet>{t('dash.trend.none')}</Quiet>}
      </Ask>
    </Panel>
  )
}

export function OrderTrend({ here, days }: Props) {
  const { t } = useTranslation()
  const query = useQuery(orderMetrics(here.id, days))
  return (
    <Panel title={t('dash.trend.orders')} all={{ to: '/work-orders' }}>
      <Ask query={query} waits={<Draws />}>
        {({ by_day: all }) => all?.length ? <Trend name={t('dash.trend.orders')} days={all.map((one) => one.date)} series={[{ name: t('dash.trend.resolved'), values: all.map((one) => one.resolved) }, { name: t('dash.trend.reported'), values: all.map((one) => one.made) }]} /> : <Quiet>{t('dash.trend.none')}</Quiet>}
      </Ask>
    </Panel>
  )
}

const lookOf = (share: number): string => (share >= 0.9 ? 'inspected' : share >= 0.75 ? 'pickup' : 'dirty')

export function Promises({ here, days }: Props) {
  const { t } = useTranslation()
  const query = useQuery(promises(here.id, here.zone, days))
  const { name: trade } = useTrades()
  return (
    <Panel title={t('dash.kept.byTrade')} about={t('dash.kept.about')}>
      <Ask query={query}>
        {({ items }) => {
          const shares = [...groups(items, (one) => one.category)].flatMap(([code, some]) => { const share = keptShare(some); return share === null ? [] : [{ code, share, orders: some.reduce((all, one) => all + one.orders, 0) }] })
          if (shares.length === 0) return <Quiet>{t('dash.kept.none')}</Quiet>
          return <Bars most={1} rows={shares.toSorted((one, other) => one.share - other.share).map(({ code, share, orders }) => ({ id: code, name: trade(code), value: share, shown: percent(share), note: t('dash.kept.orders', { count: orders, shown: number(orders) }), look: lookOf(share), place: { to: '/work-orders', search: { category: code } } }))} />
        }}
      </Ask>
    </Panel>
  )
}

export function Trades({ here, days }: Props) {
  const { t } = useTranslation()
  const query = useQuery(orderMetrics(here.id, days))
  const { name: trade } = useTrades()
  return (
    <Panel title={t('dash.trade.title')} about={t('dash.trade.about')} all={{ to: '/work-orders' }}>
      <Ask query={query}>
        {({ by_category: all }) => all.length === 0 ? <Quiet>{t('dash.trend.none')}</Quiet> : <Bars rows={all.toSorted((one, other) => other.made - one.made).map((one) => ({ id: one.category, name: trade(one.category), value: one.made, note: t('dash.trade.open', { count: one.live, shown: number(one.live) }), place: { to: '/work-orders', search: { category: one.category } } }))} />}
      </Ask>
    </Panel>
  )
}
