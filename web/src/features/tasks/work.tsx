/** One task at work: large keys for one thumb, its checklist, and what may come between. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BellOff, BedDouble, ChevronDown, ChevronUp, CircleCheck, CirclePause, CirclePlay, CloudUpload, DoorOpen, Hand, LifeBuoy, LogIn, LogOut, Star, Wrench, X } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere } from '@/api/here'
import { useMay } from '@/api/people'
import { board, me, type Task } from '@/api/queries'
import { Badge } from '@/components/bits'
import { say } from '@/components/toast'
import { LOOK, worked } from '@/features/tasks/ask'
import { move, type WorkMove } from '@/features/tasks/commands'
import { where } from '@/features/tasks/sheet'
import { useNow } from '@/lib/clock'
import { moment, number, span } from '@/lib/i18n'
import { useOnce } from '@/lib/once'
import { reason } from '@/lib/words'
import type { Asks } from '@/features/tasks/between'

const Report = lazy(() => import('@/frame/report').then((found) => ({ default: found.Report })))
const Between = lazy(() => import('@/features/tasks/between').then((found) => ({ default: found.Between })))
const Checklist = lazy(() => import('@/features/tasks/checklist').then((found) => ({ default: found.Checklist })))
const KEYS: Partial<Record<Task['state'], [WorkMove, typeof CirclePlay][]>> = {
  pending: [['start', CirclePlay]], assigned: [['start', CirclePlay]],
  in_progress: [['complete', CircleCheck], ['pause', CirclePause]], paused: [['resume', CirclePlay], ['complete', CircleCheck]],
}

interface Props {
  one: Task
  isOpen: boolean
  toggle: (isOpen: boolean) => void
  isUnsent: boolean
  /** Where it stands in a list: back to its row. */
  close?: () => void
}

export function Work({ one, isOpen, toggle, isUnsent, close }: Props) {
  const { t } = useTranslation()
  const now = useNow()
  const may = useMay()
  const here = useHere()
  const client = useQueryClient()
  const { data: self } = useQuery({ ...me(), enabled: false })
  const seen = useQuery({ ...board(here?.id ?? '', client), enabled: may('room.read') && here !== undefined }).data?.items.find((room) => room.id === one.room_id)
  const [asks, setAsks] = useState<Asks>(null)
  const [reports, setReports] = useState(false)
  const [isBusy, once] = useOnce()
  const place = where(one, t)
  const missing = one.checklist.filter((line) => line.required && line.answer === null)
  const isRunning = one.state === 'in_progress' || one.state === 'paused'

  async function go(name: WorkMove): Promise<void> {
    if (name === 'complete' && missing.length > 0) {
      toggle(true)
      return say(t('mine.answer', { what: missing[0]?.label ?? '' }), true)
    }
    try {
      await move(one, name, self?.id ?? '', place)
      say(t('saved.phone'))
    } catch (error) {
      say(reason(error, t), true)
    }
  }

  return (
    <section aria-label={t('mine.now', { number: place })} className="card overflow-hidden border-brand/40">
      <div className="flex items-start justify-between gap-3 px-5 pt-5" data-look={LOOK[one.state]}>
        <div className="min-w-0">
          <p className="num text-4xl font-bold leading-none" dir="ltr">{place}</p>
          <p className="mt-2 text-base font-medium">{t(`task.${one.type}`)}</p>
          <p className="text-sm text-ink-2" dir="auto">{[one.floor && t('board.floor', { floor: one.floor }), seen?.room_type].filter(Boolean).join(' · ')}</p>
        </div>
        <div className="flex flex-col items-end gap-2">
          {close && <button type="button" className="btn btn-ghost btn-icon -me-2 -mt-2" aria-label={t('close')} onClick={close}><X size={18} aria-hidden /></button>}
          <Badge look={LOOK[one.state]}>{t(`taskState.${one.state}`)}</Badge>
          {isRunning && <span role="timer" className="num text-sm font-semibold text-ink-2">{span(worked(one, now))} / {span(one.minutes)}</span>}
          {isUnsent && <span className="inline-flex items-center gap-1.5 text-xs text-ink-3"><CloudUpload size={14} aria-hidden />{t('unsent.queued')}</span>}
        </div>
      </div>
      <ul className="flex flex-wrap gap-2 px-5 pt-3 text-xs font-medium text-ink-2">
        {one.priority_level === 'urgent' && <Sign look="dirty">{t('level.urgent')}</Sign>}
        {one.due_at && <Sign look={one.delayed ? 'dirty' : 'out_of_service'}>{t('mine.until', { at: moment(one.due_at, { hour: '2-digit', minute: '2-digit', timeZone: here?.zone }) })}</Sign>}
        {seen?.guest_service === 'do_not_disturb' && <Sign look="out_of_order" icon={<BellOff size={13} aria-hidden />}>{t('flag.dnd')}</Sign>}
        {seen?.occupancy === 'occupied' && <Sign look="out_of_service" icon={seen.flags?.includes('due_out') ? <LogOut size={13} aria-hidden /> : <BedDouble size={13} aria-hidden />}>{t(seen.flags?.includes('due_out') ? 'stay.due_out' : 'stay.stays')}</Sign>}
        {seen?.arrival && <Sign look="clean" icon={<LogIn size={13} aria-hidden />}>{seen.arrival.eta ? moment(seen.arrival.eta, { hour: '2-digit', minute: '2-digit', timeZone: here?.zone }) : t('stay.due_in')}</Sign>}
        {seen?.flags?.includes('vip') && <Sign look="pickup" icon={<Star size={13} aria-hidden />}>{t('flag.vip')}</Sign>}
      </ul>
      {one.note && <p className="mx-5 mt-3 rounded-lg bg-sunken px-3 py-2 text-sm" dir="auto">{one.note}</p>}
      <div className="flex gap-2 p-5">
        {(KEYS[one.state] ?? []).map(([name, Icon], n) => (
          <button key={name} type="button" disabled={isBusy} onClick={() => void once(() => go(name))} className={n === 0 ? 'btn btn-primary h-14 flex-1 rounded-xl text-base font-semibold' : 'btn h-14 rounded-xl px-5 font-semibold'}><Icon size={20} aria-hidden />{t(`work.${name}`)}</button>
        ))}
      </div>
      <div className="grid grid-cols-2 gap-2 border-t border-line px-5 py-3">
        {one.room_id && <Key icon={BellOff} press={() => setAsks('dnd')}>{t('flag.dnd')}</Key>}
        <Key icon={Hand} press={() => setAsks('refuse')}>{t('work.refuse')}</Key>
        {may('workorder.create') && one.room_id && <Key icon={Wrench} press={() => setReports(true)}>{t('report.title')}</Key>}
        <Key icon={LifeBuoy} press={() => setAsks('help')}>{t('work.help')}</Key>
        {may('room.clean') && one.room_id && <Key icon={DoorOpen} press={() => setAsks('observe')}>{t('work.observe')}</Key>}
        {one.checklist.length > 0 && <Key icon={isOpen ? ChevronUp : ChevronDown} press={() => toggle(!isOpen)} isOpen={isOpen}>{t('task.checklist')}{missing.length > 0 && ` (${number(missing.length)})`}</Key>}
      </div>
      {isOpen && one.checklist.length > 0 && <Suspense><Checklist one={one} by={self?.id ?? ''} /></Suspense>}
      {asks && <Suspense><Between one={one} by={self?.id ?? ''} asks={asks} close={() => setAsks(null)} /></Suspense>}
      {reports && one.room_id && <Suspense><Report room={{ id: one.room_id, number: place }} close={() => setReports(false)} /></Suspense>}
    </section>
  )
}

const Sign = ({ look, icon, children }: { look: string; icon?: ReactNode; children: ReactNode }) => <li data-look={look} className="inline-flex h-7 items-center gap-1.5 rounded-md bg-look-tint px-2 text-look-ink">{icon}{children}</li>

const Key = ({ icon: Icon, press, isOpen, children }: { icon: typeof Hand; press: () => void; isOpen?: boolean; children: ReactNode }) => (
  <button type="button" aria-expanded={isOpen} onClick={press} className="btn btn-ghost h-12 justify-start gap-2.5 rounded-xl px-3 text-start text-[13px]"><Icon size={18} className="shrink-0 text-ink-3" aria-hidden /><span className="min-w-0 truncate">{children}</span></button>
)
