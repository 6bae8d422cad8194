/** What stands open now: tasks and orders by their state, and how much each attendant has. */

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Here } from '@/api/here'
import { Ask } from '@/components/ask'
import { Initials } from '@/components/bits'
import { overview, type Days, type Now } from '@/features/dashboard/asked'
import { Bars, Few, Go, Panel, Quiet, Strip } from '@/features/dashboard/panel'
import { number, span } from '@/lib/i18n'

const TASKS = { pending: 'out_of_service', assigned: 'clean', in_progress: 'cleaning', paused: 'pickup', completed: 'inspected', rejected: 'dirty' } as const
const ORDERS = { open: 'out_of_service', assigned: 'clean', in_progress: 'cleaning', blocked: 'dirty' } as const
const GRAVITIES = ['critical', 'high', 'medium', 'low'] as const
const MANY = 7

export function TasksOpen({ counts }: { counts: Now['tasks'] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('dash.tasks.byState')} about={t('dash.tasks.left', { span: span(counts.minutes_open) })} all={{ to: '/tasks' }}>
      <Bars rows={Object.entries(TASKS).map(([state, look]) => ({ id: state, name: t(`taskState.${state}`), value: counts.by_state[state] ?? 0, look, place: { to: '/tasks', search: { state } } }))} />
    </Panel>
  )
}

export function OrdersOpen({ here, days }: { here: Here; days: Days }) {
  const { t } = useTranslation()
  const query = useQuery(overview(here.id, days))
  return (
    <Panel title={t('dash.orders.byState')} about={query.data && t('dash.orders.all', { count: query.data.open.total, shown: number(query.data.open.total) })} all={{ to: '/work-orders' }}>
      <Ask query={query}>
        {({ open }) => (
          <div className="flex flex-col gap-3">
            <Bars rows={Object.entries(ORDERS).map(([state, look]) => ({ id: state, name: t(`dash.order.${state}`), value: open.by_state[state] ?? 0, look, place: { to: '/work-orders', search: { state } } }))} />
            <div className="border-t border-line pt-3"><Bars rows={GRAVITIES.map((one) => ({ id: one, name: t(`dash.severity.${one}`), value: open.by_severity[one] ?? 0, look: one, gravity: true, place: { to: '/work-orders', search: { severity: one } } }))} /></div>
          </div>
        )}
      </Ask>
    </Panel>
  )
}

const LEGEND = [['inspected', 'dash.work.done'], ['cleaning', 'dash.work.doing'], ['clean', 'dash.work.open']] as const

export function Workload({ people }: { people: Now['workload'] }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...people.map((one) => one.open + one.completed_today))
  const legend = <span className="flex flex-wrap gap-x-3">{LEGEND.map(([look, name]) => <span key={look} data-look={look} className="inline-flex items-center gap-1.5"><span className="size-2 rounded-full bg-look" aria-hidden />{t(name)}</span>)}</span>
  return (
    <Panel title={t('dash.work.title')} about={legend}>
      {people.length === 0 ? <Quiet>{t('dash.work.none')}</Quiet> : (
        <Few items={people.toSorted((one, other) => other.minutes_open - one.minutes_open)} many={MANY}>
          {(one) => (
            <li key={one.staff_id}>
              <Go place={{ to: '/tasks', search: { who: one.staff_id } }} className="-mx-2 flex min-h-12 items-center gap-3 rounded-lg px-2 py-1.5 text-sm [&.is-link:hover]:bg-sunken print:min-h-0 print:py-1">
                <Initials name={one.name} />
                <span className="min-w-0 flex-1">
                  <span className="mb-1 flex items-baseline justify-between gap-3"><bdi className="truncate font-medium">{one.name}</bdi><span className="num whitespace-nowrap text-xs text-ink-3">{one.delayed > 0 && <b className="me-2 font-semibold text-bad">{t('dash.tasks.delayed', { count: one.delayed, shown: number(one.delayed) })}</b>}{t('dash.work.line', { done: number(one.completed_today), all: number(one.open + one.completed_today) })}</span></span>
                  <span className="flex items-center gap-3">
                    <Strip className="h-2 flex-1" whole={most} parts={[{ look: 'inspected', value: one.completed_today }, { look: 'cleaning', value: one.in_progress }, { look: 'clean', value: one.open - one.in_progress }]} />
                    <span className="num w-28 whitespace-nowrap text-end text-xs text-ink-3">{one.minutes_open > 0 && t('dash.work.left', { span: span(one.minutes_open) })}</span>
                  </span>
                  <span className="sr-only">{t('dash.work.said', { doing: number(one.in_progress), open: number(one.open - one.in_progress) })}</span>
                </span>
              </Go>
            </li>
          )}
        </Few>
      )}
    </Panel>
  )
}
