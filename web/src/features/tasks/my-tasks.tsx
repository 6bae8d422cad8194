/** My own work, on the phone in my hand: the next room large, the rest in walking order; all of it without a network. */

import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, CheckCircle2, CloudUpload, ListOrdered, PartyPopper, TimerReset } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFresh } from '@/api/fresh'
import { useHere } from '@/api/here'
import { me, settings, type Task } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Badge, Bar } from '@/components/bits'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { LOOK, OPEN, ordered, RUNNING, tasks, worked } from '@/features/tasks/ask'
import { Work } from '@/features/tasks/work'
import { where } from '@/features/tasks/sheet'
import { businessDate, useNow } from '@/lib/clock'
import { distance, number, span } from '@/lib/i18n'
import { kept } from '@/lib/kept'
import { there } from '@/lib/there'
import { useWanted } from '@/lib/wanted'
import { overlaid, useCommands, waits } from '@/offline/outbox'

const STATES = [...OPEN, 'completed', 'verified'] satisfies Task['state'][]
const order = kept('serai.order')

export function MyTasks() {
  const { t } = useTranslation()
  const here = useHere()
  const now = useNow()
  const { data: self } = useQuery({ ...me(), enabled: false })
  const [wanted, want] = useWanted<{ id?: string }>()
  const saved = order.use()
  const [commands] = useCommands(self?.id)
  useFresh(['housekeeping.task.', 'property.room.'], ['tasks'])
  const mine = useQuery({ ...tasks(here?.id ?? '', { assignee_id: self?.id ?? '', state: STATES }, { keep: true }), enabled: !!here && !!self?.id })
  const free = useQuery({ ...tasks(here?.id ?? '', { state: ['pending'] }, { keep: true }), enabled: !!here })
  const chosen = useMemo(() => JSON.parse(saved ?? '[]') as string[], [saved])
  const all = useMemo(() => {
    const own = new Map([...(free.data?.items ?? []).filter((one) => !one.assignee_id), ...(mine.data?.items ?? [])].map((one) => [one.id, one]))
    return overlaid([...own.values()], commands)
  }, [mine.data, free.data, commands])
  const hotel = useQuery({ ...settings(here?.id ?? ''), enabled: !!here }).data
  const dayOf = (at: Date | string): string => businessDate(at, here?.zone ?? 'UTC', hotel?.rollover)
  const today = dayOf(there())
  const isMine = (one: Task): boolean => one.assignee_id === self?.id || RUNNING.has(one.state)
  const open = ordered(all.filter((one) => OPEN.includes(one.state as (typeof OPEN)[number]) && isMine(one)), chosen)
  const others = ordered(all.filter((one) => one.state === 'pending' && !isMine(one)), [])
  const done = all.filter((one) => (one.state === 'completed' || one.state === 'verified') && one.assignee_id === self?.id && one.completed_at && dayOf(one.completed_at) === today)
  const [next, ...rest] = open
  const unsent = new Set(commands.filter(waits).map((one) => one.about))
  const total = open.length + done.length
  const isBegun = next !== undefined && RUNNING.has(next.state)
  const move = (at: number, by: number): void => {
    const ids = open.map((one) => one.id) // the first stands above the rest, and has its place in the order too
    const [id] = ids.splice(at + 1, 1)
    if (id) ids.splice(at + 1 + by, 0, id)
    order.set(JSON.stringify(ids))
  }
  return (
    <Page title={t('mine.title')} about={mine.data && t('mine.done', { done: number(done.length), all: number(total) })}>
      <div className="mx-auto max-w-xl">
        <div className="mb-5"><Bar share={total ? done.length / total : 0} look="inspected" /></div>
        <Ask query={mine}>
          {() => (
            <div className="flex flex-col gap-5">
              {next ? <Work key={next.id} one={next} isOpen={next.id === wanted.id} toggle={(isOpen) => want({ id: isOpen ? next.id : undefined })} isUnsent={unsent.has(next.id)} /> : (
                <Nothing icon={done.length > 0 ? PartyPopper : CheckCircle2} title={t(done.length > 0 ? 'mine.allDone' : 'mine.empty')} text={t(done.length > 0 ? 'mine.allDoneText' : 'mine.emptyText')} />
              )}
              {rest.length > 0 && (
                <section>
                  <div className="mb-2 flex items-center justify-between"><h2 className="text-sm font-semibold">{t('mine.then')}</h2>{(rest.length > 1 || !isBegun) && <Sorter />}</div>
                  <Rows items={rest} zoneNow={now} unsent={unsent} chosen={wanted.id} open={(id) => want({ id })} move={move} isUnderBegun={isBegun} />
                </section>
              )}
              {others.length > 0 && <section><h2 className="mb-2 text-sm font-semibold">{t('mine.free')}</h2><Rows items={others} zoneNow={now} unsent={unsent} chosen={wanted.id} open={(id) => want({ id })} /></section>}
              {done.length > 0 && (
                <section>
                  <h2 className="mb-2 text-sm font-semibold">{t('mine.finished')}</h2>
                  <ul className="flex flex-col gap-2">{done.map((one) => <li key={one.id} className="flex items-center gap-3 rounded-xl bg-sunken px-4 py-3 text-sm"><CheckCircle2 size={18} className="shrink-0 text-brand-text" aria-hidden /><span className="num font-semibold" dir="ltr">{where(one, t)}</span><span className="flex-1 text-ink-2">{t(`task.${one.type}`)}</span>{unsent.has(one.id) ? <CloudUpload size={16} aria-label={t('unsent.queued')} /> : <span className="num text-ink-3">{span(worked(one, now))}</span>}</li>)}</ul>
                </section>
              )}
            </div>
          )}
        </Ask>
      </div>
    </Page>
  )
}

const sorting = kept('serai.sorting')

function Sorter() {
  const { t } = useTranslation()
  const isOn = sorting.use() === 'on'
  return <button type="button" className="chip" aria-pressed={isOn} onClick={() => sorting.set(isOn ? 'off' : 'on')}><ListOrdered size={15} aria-hidden />{t('mine.order')}</button>
}

interface RowsOf {
  items: readonly Task[]
  zoneNow: number
  unsent: ReadonlySet<string>
  /** Stands open in its place. */
  chosen: string | undefined
  open: (id: string | undefined) => void
  move?: (at: number, by: number) => void
  /** The one above has begun: none comes before it. */
  isUnderBegun?: boolean
}

function Rows({ items, zoneNow, unsent, chosen, open, move, isUnderBegun }: RowsOf) {
  const { t } = useTranslation()
  const isSorting = sorting.use() === 'on' && move !== undefined
  return (
    <ul className="flex flex-col gap-2">
      {items.map((one, n) => one.id === chosen ? (
        <li key={one.id}><Work one={one} isOpen toggle={(stays) => stays || open(undefined)} isUnsent={unsent.has(one.id)} close={() => open(undefined)} /></li>
      ) : (
        <li key={one.id} className="card flex items-center gap-1 pe-2">
          <button type="button" onClick={() => open(one.id)} className="flex min-h-16 min-w-0 flex-1 items-center gap-4 px-4 py-2 text-start">
            <span className="num w-14 shrink-0 text-xl font-bold" dir="ltr">{where(one, t)}</span>
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{t(`task.${one.type}`)}</span>
              <span className="flex items-center gap-2 text-xs text-ink-3">
                {one.priority_level === 'urgent' && <span className="font-semibold text-bad">{t('level.urgent')}</span>}
                {one.delayed && <TimerReset size={13} className="text-bad" aria-label={t('task.late')} />}
                {one.due_at && distance(one.due_at, zoneNow)}
              </span>
            </span>
            {unsent.has(one.id) ? <CloudUpload size={16} className="shrink-0 text-ink-3" aria-label={t('unsent.queued')} /> : one.state !== 'assigned' && one.state !== 'pending' && <Badge look={LOOK[one.state]}>{t(`taskState.${one.state}`)}</Badge>}
          </button>
          {isSorting && (
            <span className="flex">
              <button type="button" className="btn btn-ghost btn-icon" disabled={n === 0 && isUnderBegun} aria-label={t('mine.up', { number: where(one, t) })} onClick={() => move(n, -1)}><ArrowUp size={18} aria-hidden /></button>
              <button type="button" className="btn btn-ghost btn-icon" disabled={n === items.length - 1} aria-label={t('mine.down', { number: where(one, t) })} onClick={() => move(n, 1)}><ArrowDown size={18} aria-hidden /></button>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
