/** The page of the general manager: how the house stands now, what waits for a decision, and how the last days went. */

import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Building2, Maximize, Minimize, Printer } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useFresh } from '@/api/fresh'
import { useHere, type Here } from '@/api/here'
import { useMay } from '@/api/people'
import { Ask } from '@/components/ask'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { Arrivals } from '@/features/dashboard/arrivals'
import { daysUntil, now, type Now } from '@/features/dashboard/asked'
import { periodOf, PERIODS, type Wanted } from '@/features/dashboard/wanted'
import { Attention } from '@/features/dashboard/attention'
import { Costs, Worst } from '@/features/dashboard/costs'
import { Cards } from '@/features/dashboard/cards'
import { OrderTrend, Promises, TaskTrend, Trades } from '@/features/dashboard/period'
import { OrdersOpen, TasksOpen, Workload } from '@/features/dashboard/standing'
import { day as whole, number } from '@/lib/i18n'
import { useWanted } from '@/lib/wanted'

export function Dashboard() {
  const { t } = useTranslation()
  const here = useHere()
  if (!here) return <div className="px-4"><Nothing icon={Building2} title={t('board.noHotel')} text={t('board.noHotelText')} /></div>
  return <House here={here} key={here.id} />
}

/** Paper is white, whatever the screen is. */
function usePaper(): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    let was: string | undefined
    const before = (): void => { was = dataset.theme; dataset.theme = 'light' }
    const after = (): void => { if (was) dataset.theme = was; else delete dataset.theme }
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
}

function House({ here }: { here: Here }) {
  const { t } = useTranslation()
  const [wanted, want] = useWanted<Wanted>()
  const many = periodOf(wanted.days)
  const query = useQuery(now(here.id))
  useFresh(['housekeeping.task.', 'property.room.', 'maintenance.work_order.'], ['dash'], ['board', here.id])
  usePaper()
  const day = query.data?.business_date
  const actions = (
    <>
      <div role="group" aria-label={t('dash.period')} className="flex rounded-lg border border-line bg-surface p-0.5 print:hidden">
        {PERIODS.map((one) => <button key={one} type="button" aria-pressed={many === one} onClick={() => want({ days: one })} className="num h-9 rounded-md px-3 text-sm font-medium text-ink-2 hover:text-ink aria-pressed:bg-brand-tint aria-pressed:text-brand-text max-md:h-11">{t('dash.days', { count: one, shown: number(one) })}</button>)}
      </div>
      <button type="button" className="btn btn-icon print:hidden" aria-label={t('dash.print')} title={t('dash.print')} onClick={() => print()}><Printer size={17} aria-hidden /></button>
      <button type="button" className="btn btn-icon max-md:hidden print:hidden" aria-label={t(wanted.kiosk ? 'dash.leave' : 'dash.wall')} title={t(wanted.kiosk ? 'dash.leave' : 'dash.wall')} onClick={() => want({ kiosk: wanted.kiosk ? undefined : 'yes' } as Partial<Wanted>)}>{wanted.kiosk ? <Minimize size={17} aria-hidden /> : <Maximize size={17} aria-hidden />}</button>
    </>
  )
  const about = day && <span dir="auto">{whole(day, 'UTC')}<span className="hidden print:inline"> · {here.name}</span></span>
  return (
    <div className="pb-6 [print-color-adjust:exact] print:-mb-24 print:pb-0">
      <Page title={t('dash.title')} about={about || t('dash.about')} actions={actions}>
        <Ask query={query} waits={<Waits />}>{(found) => <Sections here={here} found={found} many={many} at={query.dataUpdatedAt} />}</Ask>
      </Page>
    </div>
  )
}

/** Under each other in one column; the last reaches down to the end of its neighbours. */
const STACK = 'flex flex-col gap-4 empty:hidden [&>:last-child]:grow print:contents'

function Sections({ here, found, many, at }: { here: Here; found: Now; many: number; at: number }) {
  const may = useMay()
  const days = daysUntil(found.business_date, many)
  const has = { rooms: may('room.read'), tasks: may('task.read'), orders: may('workorder.read') }
  return (
    <div className="flex flex-col gap-4 print:gap-3">
      <Cards here={here} found={found} days={days} />
      <div className="grid grid-cols-1 gap-4 *:min-w-0 xl:grid-cols-2 print:grid-cols-2 print:gap-3">
        {has.rooms && <Arrivals here={here} found={found} at={at} />}
        <Attention here={here} />
        {has.tasks && <TaskTrend here={here} days={days} />}
        {has.orders && <OrderTrend here={here} days={days} />}
      </div>
      <div className="grid grid-cols-1 gap-4 *:min-w-0 lg:grid-cols-2 xl:grid-cols-3 print:block print:columns-2 print:gap-3 print:[&_section]:mb-3">
        <div className={STACK}>
          {has.tasks && <TasksOpen counts={found.tasks} />}
          {has.orders && <Trades here={here} days={days} />}
          {has.orders && may('asset.read') && <Worst here={here} days={days} />}
        </div>
        <div className={STACK}>
          {has.orders && <OrdersOpen here={here} days={days} />}
          {has.orders && <Promises here={here} days={days} />}
        </div>
        <div className={clsx(STACK, 'lg:max-xl:col-span-2 lg:max-xl:flex-row lg:max-xl:*:flex-1')}>
          {has.tasks && <Workload people={found.workload} />}
          {may('cost.read') && <Costs here={here} days={days} />}
        </div>
      </div>
    </div>
  )
}

const CARDS = ['a', 'b', 'c', 'd', 'e']
function Waits() {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-1 gap-4 md:grid-cols-3 xl:grid-cols-5">{CARDS.map((one) => <div key={one} className="skeleton h-28 rounded-card md:h-40" />)}</div>
      <div className="grid grid-cols-1 gap-4 xl:grid-cols-2"><div className="skeleton h-80 rounded-card" /><div className="skeleton h-80 rounded-card" /></div>
    </div>
  )
}
