/** The five figures one looks at first; each opens the list that shows just that. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { BedDouble, HardHat, ListChecks, LogIn, Timer, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Here } from '@/api/here'
import { useMay } from '@/api/people'
import { LIVE_ORDERS, board } from '@/api/queries'
import { Spark } from '@/components/chart'
import { keptShare, orderMetrics, overview, promises, taskMetrics, type Days, type Now } from '@/features/dashboard/asked'
import { FREE, Go, Strip, type Place } from '@/features/dashboard/panel'
import { number, percent } from '@/lib/i18n'

const LIVE = LIVE_ORDERS.join('.')

interface Fact {
  text: string
  isBad?: boolean
  place?: Place
}

function Card({ name, icon: Icon, figure, of, facts, place, children }: { name: string; icon: LucideIcon; figure: string; of?: string; facts: Fact[]; place: Place; children?: ReactNode }) {
  return (
    <section className="card relative grid min-w-0 grid-cols-[minmax(0,1fr)_6.5rem] content-start items-center gap-x-4 p-4 break-inside-avoid hover:border-line-strong md:grid-cols-1 md:p-5 print:grid-cols-1 print:p-3 print:shadow-none">
      <div className="min-w-0">
        <h2 className="text-[13px] font-medium text-ink-2">
          <Go place={place} className="flex items-center gap-2 after:absolute after:inset-0 after:rounded-card after:content-['']"><Icon size={16} className={clsx('shrink-0 text-ink-3 print:hidden', Icon === LogIn && 'rtl:-scale-x-100')} aria-hidden /><span className="truncate print:whitespace-normal">{name}</span></Go>
        </h2>
        <p className="num mt-1.5 flex items-baseline gap-1.5"><span className="text-[2rem] font-semibold leading-10 tracking-tight">{figure}</span>{of && <span className="truncate text-sm text-ink-3 print:whitespace-normal print:text-xs">{of}</span>}</p>
      </div>
      <div className="flex h-9 flex-col justify-center md:my-2">{children}</div>
      <ul className="col-span-full flex flex-wrap gap-x-3 text-xs">
        {facts.map((one) => <li key={one.text}><Go place={one.place} className={clsx('relative inline-flex min-h-6 items-center max-md:min-h-8 [&.is-link:hover]:underline', one.isBad ? 'font-semibold text-bad' : 'text-ink-2')}>{one.text}</Go></li>)}
      </ul>
    </section>
  )
}

export function Cards({ here, found, days }: { here: Here; found: Now; days: Days }) {
  const { t } = useTranslation()
  const may = useMay()
  return (
    <div aria-label={t('dash.now')} role="group" className="grid grid-cols-1 gap-3 *:min-w-0 sm:grid-cols-2 sm:max-lg:[&>:last-child:nth-child(odd)]:col-span-2 md:gap-4 lg:grid-cols-6 lg:*:col-span-2 lg:[&>:nth-child(-n+2)]:col-span-3 xl:grid-cols-5 xl:*:col-span-1! print:grid-cols-5 print:*:col-span-1! print:gap-2">
      {may('room.read') && <ReadyCard found={found} />}
      {may('room.read') && <RoomsCard here={here} found={found} />}
      {may('task.read') && <TasksCard here={here} found={found} days={days} />}
      {may('workorder.read') && <OrdersCard here={here} days={days} />}
      {may('workorder.read') && <KeptCard here={here} days={days} />}
    </div>
  )
}

const said = (count: number) => ({ count, shown: number(count) })

function ReadyCard({ found: { readiness: { expected, ready, not_ready: not, without_room: without } } }: { found: Now }) {
  const { t } = useTranslation()
  const place = { to: '/board', search: { only: 'arrivals' } }
  const facts: Fact[] = expected === 0 ? [{ text: t('dash.ready.none') }] : [{ text: t('dash.ready.not', said(not)), isBad: not > 0, place }, { text: t('dash.ready.without', said(without)), isBad: without > 0, place: FREE }]
  return (
    <Card name={t('dash.ready.title')} icon={LogIn} figure={number(ready)} of={t('dash.of', { all: number(expected) })} place={place} facts={facts}>
      <Strip className="h-2.5" whole={expected} parts={[{ look: 'inspected', value: ready }, { look: 'dirty', value: not }]} />
    </Card>
  )
}

function RoomsCard({ here, found: { rooms } }: { here: Here; found: Now }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useQuery(board(here.id, client))
  const open = data?.items.filter((one) => (one.service ?? 'in_service') === 'in_service')
  const count = (condition: string, status: string): number => open?.filter((one) => one.condition === condition).length ?? rooms.by_status[status] ?? 0
  const [dirty, cleaning] = [count('dirty', 'CHECKOUT_DIRTY'), count('cleaning', 'CLEANING_IN_PROGRESS')]
  const facts: Fact[] = [{ text: t('dash.rooms.dirty', said(dirty)), place: { to: '/board', search: { look: 'dirty' } } }, { text: t('dash.rooms.cleaning', said(cleaning)), place: { to: '/board', search: { look: 'cleaning' } } }]
  return (
    <Card name={t('dash.rooms.title')} icon={BedDouble} figure={number(rooms.ready)} of={t('dash.of', { all: number(rooms.total) })} place={{ to: '/board', search: { only: 'ready' } }} facts={facts}>
      <Strip className="h-2.5" whole={rooms.total} parts={[{ look: 'inspected', value: rooms.ready }, { look: 'cleaning', value: cleaning }, { look: 'dirty', value: dirty }]} />
    </Card>
  )
}

function TasksCard({ here, found: { tasks }, days }: { here: Here; found: Now; days: Days }) {
  const { t } = useTranslation()
  const { data } = useQuery(taskMetrics(here.id, days))
  const facts: Fact[] = [{ text: t('dash.tasks.none', said(tasks.unassigned)), place: { to: '/tasks', search: { who: 'none' } } }, { text: t('dash.tasks.delayed', said(tasks.delayed)), isBad: tasks.delayed > 0, place: { to: '/tasks', search: { late: 'yes' } } }]
  return (
    <Card name={t('dash.tasks.title')} icon={ListChecks} figure={number(tasks.open)} of={t('dash.tasks.done', said(tasks.completed_today))} place={{ to: '/tasks' }} facts={facts}>
      <Spark values={data?.by_day?.map((one) => one.made) ?? []} />
    </Card>
  )
}

function OrdersCard({ here, days }: { here: Here; days: Days }) {
  const { t } = useTranslation()
  const { data: stands } = useQuery(overview(here.id, days))
  const { data } = useQuery(orderMetrics(here.id, days))
  const [late, blocked] = [stands?.open.late ?? 0, stands?.open.by_state.blocked ?? 0]
  const facts: Fact[] = stands ? [{ text: t('dash.orders.late', said(late)), isBad: late > 0, place: { to: '/work-orders', search: { late: 'yes', state: LIVE } } }, { text: t('dash.orders.blocked', said(blocked)), place: { to: '/work-orders', search: { state: 'blocked' } } }] : []
  return (
    <Card name={t('dash.orders.title')} icon={HardHat} figure={stands ? number(stands.open.total) : '–'} place={{ to: '/work-orders' }} facts={facts}>
      <Spark values={data?.by_day?.map((one) => one.made) ?? []} />
    </Card>
  )
}

function mean(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((one) => one !== null)
  return known.length === 0 ? null : known.reduce((all, one) => all + one, 0) / known.length
}

function KeptCard({ here, days }: { here: Here; days: Days }) {
  const { t } = useTranslation()
  const { data } = useQuery(promises(here.id, here.zone, days))
  const { data: metrics } = useQuery(orderMetrics(here.id, days))
  const share = keptShare(data?.items ?? [])
  const broken = data?.items.reduce((all, one) => all + one.respond_breached + one.resolve_breached, 0) ?? 0
  const facts: Fact[] = data ? [{ text: share === null ? t('dash.kept.none') : t('dash.kept.broken', said(broken)), isBad: broken > 0 }] : []
  return (
    <Card name={t('dash.kept.title')} icon={Timer} figure={share === null ? '–' : percent(share)} place={{ to: '/work-orders', search: { late: 'yes' } }} facts={facts}>
      <Spark look="inspected" values={metrics?.by_day?.map((one) => mean([one.respond_kept, one.resolve_kept])) ?? []} />
    </Card>
  )
}
