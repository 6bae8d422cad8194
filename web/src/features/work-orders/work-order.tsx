/** One repair from its report to its end: where it stands, what comes next, all that belongs to it. */

import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronLeft, Check, ShieldAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFresh } from '@/api/fresh'
import { useFollow, useHere } from '@/api/here'
import { useMay } from '@/api/people'
import { LIVE_ORDERS, type WorkOrder } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Badge, Person, Severity } from '@/components/bits'
import { Facts } from '@/components/page'
import { LOOK, order, SIGN, type State } from '@/features/work-orders/ask'
import { Alike } from '@/features/work-orders/alike'
import { Due } from '@/features/work-orders/due'
import { Firm } from '@/features/work-orders/firm'
import { offered } from '@/features/work-orders/moves'
import { Costs, Parts, Times } from '@/features/work-orders/money'
import { History, Links, Notes, Reports, Sla, Steps } from '@/features/work-orders/parts'
import { useMoves } from '@/features/work-orders/use-moves'
import { NextMove } from '@/frame/act'
import { moment, span } from '@/lib/i18n'
import { retold } from '@/lib/stored'

const PATH = ['open', 'assigned', 'in_progress', 'resolved', 'verified'] as const satisfies readonly State[]

const ALIVE: ReadonlySet<State> = new Set(LIVE_ORDERS)

export function WorkOrderPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/_in/work-orders_/$id' })
  const query = useQuery(order(id))
  useFollow(query.data?.property_id)
  useFresh(['maintenance.work_order.', 'maintenance.part_usage.', 'maintenance.vendor.'], ['order', id])
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-4 md:px-6">
      <Link to="/work-orders" className="btn btn-ghost -ms-3 mb-2"><ChevronLeft size={17} className="rtl:-scale-x-100" aria-hidden />{t('orders.title')}</Link>
      <Ask query={query}>{(one) => <Inside one={one} />}</Ask>
    </div>
  )
}

function Inside({ one }: { one: WorkOrder }) {
  const { t } = useTranslation()
  const may = useMay()
  const here = useHere()
  const { actions, label, begin, asks, isBusy, people, trade, firms } = useMoves(one)
  const time = (at: string | null): string => (at ? moment(at, { dateStyle: 'medium', timeStyle: 'short', timeZone: here?.zone }) : '')
  const vendor = firms.find((firm) => firm.id === one.vendor_id)
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold" dir="auto">{retold(one.title, t)}</h1>
          <p className="mt-2 flex flex-wrap items-center gap-2 text-sm text-ink-2">
            <span className="num" dir="ltr">#{one.number}</span>{one.room_number && <Link to="/board" search={{ room: one.space_id ?? undefined }} className="num font-semibold underline" dir="ltr">{t('palette.room', { number: one.room_number })}</Link>}
            <Badge look={LOOK[one.state]} icon={SIGN[one.state]}>{t(`orderState.${one.state}`)}</Badge><Severity of={one.severity} /><Due one={one} />
            {one.safety_concern && <span className="inline-flex items-center gap-1 text-xs font-semibold text-bad"><ShieldAlert size={14} aria-hidden />{t('report.safety')}</span>}
          </p>
        </div>
      </div>
      <Stepper state={one.state} />
      <div className="grid gap-4 lg:grid-cols-[1fr_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {(one.blocked_reason ?? one.reason) && one.state !== 'verified' && <p className="rounded-lg bg-sunken px-4 py-3 text-sm" dir="auto">{one.state === 'blocked' ? `${t('orderState.blocked')}: ${one.blocked_reason ?? ''}${one.blocked_until ? ` · ${time(one.blocked_until)}` : ''}` : retold(one.reason, t)}</p>}
          {one.relocations.length > 0 && ALIVE.has(one.state) && <p role="alert" className="rounded-lg bg-bad-tint px-4 py-3 text-sm text-bad">{t('order.relocate', { who: one.relocations.map((stay) => stay.booking_reference).join(', ') })}</p>}
          <Reports one={one} zone={here?.zone ?? 'UTC'} />
          <Steps one={one} />
          <Notes one={one} zone={here?.zone ?? 'UTC'} />
          <Times one={one} zone={here?.zone ?? 'UTC'} name={people.name} />
          {may('part.read') && <Parts one={one} />}
          {may('cost.read') && <Costs one={one} />}
          <History one={one} zone={here?.zone ?? 'UTC'} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-lg:-order-1 lg:sticky lg:top-20 lg:self-start">
          <div className="card p-4 max-md:sticky max-md:bottom-20 max-md:z-20"><NextMove one={one} names={offered(one)} actions={actions} label={label} begin={begin} isBusy={isBusy} /></div>
          <section className="card p-5">
            <Facts rows={[
              [t('order.category'), trade(one.category)],
              [t('task.who'), one.assignee_id && <Person name={people.name(one.assignee_id)} />],
              [t('order.description'), one.description], [t('order.reported'), time(one.reported_at)], [t('order.planned'), time(one.planned_start)],
              [t('order.estimate'), one.estimated_minutes && span(one.estimated_minutes)], [t('order.cause'), one.cause], [t('order.remedy'), one.remedy],
              [t('order.labour'), one.labour_minutes > 0 && span(one.labour_minutes)],
              [t('orderState.resolved'), one.resolved_at && [time(one.resolved_at), people.name(one.resolved_by)].filter(Boolean).join(' · ')],
              [t('orderState.verified'), one.verified_at && [time(one.verified_at), people.name(one.verified_by)].filter(Boolean).join(' · ')],
            ]} />
          </section>
          {vendor && <Firm one={one} firm={vendor} zone={here?.zone ?? 'UTC'} />}
          <Sla one={one} zone={here?.zone ?? 'UTC'} />
          <Links one={one} />
          {one.allowed_actions.includes('update') && ALIVE.has(one.state) && <Alike one={one} />}
        </div>
      </div>
      {asks}
    </>
  )
}

function Stepper({ state }: { state: State }) {
  const { t } = useTranslation()
  const at = PATH.indexOf((state === 'blocked' ? 'in_progress' : state) as (typeof PATH)[number])
  if (at < 0) return null
  return (
    <ol className="mb-5 flex gap-1">
      {PATH.map((one, n) => (
        <li key={one} aria-current={n === at ? 'step' : undefined} className={clsx('flex min-w-0 flex-1 flex-col gap-1.5 text-xs font-medium', n > at ? 'text-ink-3' : 'text-ink')}>
          <span className={clsx('h-1.5 rounded-full', n <= at ? (state === 'blocked' && n === at ? 'bg-[var(--pickup)]' : 'bg-brand') : 'bg-line')} />
          <span className="flex min-w-0 items-center gap-1 max-md:text-[11px]">{n < at && <Check size={13} className="text-brand-text" aria-hidden />}<span className="truncate">{t(`orderState.${n === at ? state : one}`)}</span></span>
        </li>
      ))}
    </ol>
  )
}
