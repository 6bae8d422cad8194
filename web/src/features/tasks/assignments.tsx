/** The day's work by person: columns to drag between, or a menu for whoever does not drag; what each has, in minutes and credits. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Columns3, Lock, Printer, Shuffle, TimerReset } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import { useMemo, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere } from '@/api/here'
import { usePeople } from '@/api/people'
import { put } from '@/api/put'
import type { Task } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Bar, Initials } from '@/components/bits'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { say } from '@/components/toast'
import { LOOK, OPEN, tasks, UNSTARTED, walking } from '@/features/tasks/ask'
import { AutoAssign } from '@/features/tasks/auto-assign'
import { TaskSheet } from '@/features/tasks/sheet'
import { number, span } from '@/lib/i18n'
import { useWanted } from '@/lib/wanted'
import { reason } from '@/lib/words'

export function Assignments() {
  const { t } = useTranslation()
  const here = useHere()
  const place = here?.id ?? ''
  const client = useQueryClient()
  const people = usePeople()
  const [wanted, want] = useWanted<{ id?: string }>()
  const [isAuto, setAuto] = useState(false)
  useFresh(['housekeeping.task.', 'staff.shift.'], ['tasks'], ['available'])
  const query = useQuery(tasks(place, { state: [...OPEN] }))
  const shift = useQuery({ queryKey: ['available', place], queryFn: ({ signal }) => data(api.GET('/api/v1/shifts/available', { params: { query: { property_id: place } }, signal })) })
  const assign = useMutation({
    mutationFn: ({ one, to }: { one: Task; to: string }) => data(api.POST('/api/v1/tasks/{task_id}/assign', { params: { path: { task_id: one.id } }, body: { staff_id: to } })),
    onSuccess: (next, { one, to }) => {
      put(client, next)
      const back = one.assignee_id
      say(t('assign.done', { number: one.room_number ?? t(`task.${one.type}`), name: people.name(to) }), false, back ? () => assign.mutate({ one: next, to: back }) : undefined)
    },
    onError: (error) => say(reason(error, t), true),
    onSettled: () => client.invalidateQueries({ queryKey: ['tasks'] }),
  })
  const cleaners = useMemo(() => {
    const working = new Set(shift.data?.items.map((one) => one.staff_id))
    const busy = new Set(query.data?.items.map((one) => one.assignee_id))
    return people.all.filter((one) => busy.has(one.id) || working.has(one.id) || one.roles.some((held) => held.role === 'housekeeper'))
  }, [people, query.data, shift.data])
  const left = new Map(shift.data?.items.map((one) => [one.staff_id, one.minutes]))
  const drop = (to: string) => (event: DragEvent): void => {
    event.preventDefault()
    const one = query.data?.items.find(({ id }) => id === event.dataTransfer.getData('text/plain'))
    if (one && one.assignee_id !== to && UNSTARTED.has(one.state)) assign.mutate({ one, to })
  }
  const options = cleaners.map((one) => [one.id, one.name] as const)
  const column = (id: string | null, name: string, items: readonly Task[]) => {
    const minutes = items.reduce((sum, one) => sum + one.minutes, 0)
    const credits = items.reduce((sum, one) => sum + (one.credits ?? 0), 0)
    const all = id ? left.get(id) : undefined // only the roster knows how long somebody is there
    const load = [all === undefined ? span(minutes) : `${span(minutes)} / ${span(all)}`, credits > 0 && t('assign.credits', { count: credits, shown: number(credits) }), all === undefined && left.size > 0 && t('assign.off')]
    return (
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging has its menu in every card
      <section key={id ?? 'nobody'} aria-label={name} onDragOver={(event) => id && event.preventDefault()} onDrop={id ? drop(id) : undefined} className="card flex w-72 max-w-96 flex-1 flex-col max-md:w-full max-md:max-w-none md:min-w-60">
        <header className="border-b border-line px-4 py-3">
          <h2 className="flex items-center gap-2 text-sm font-semibold">{id && <Initials name={name} size="sm" />}<bdi className="min-w-0 flex-1 truncate">{name}</bdi><span className="num text-ink-3">{number(items.length)}</span></h2>
          {id && <p className="num mb-1.5 mt-1 text-xs text-ink-3">{load.filter(Boolean).join(' · ')}</p>}
          {all !== undefined && <Bar share={minutes / Math.max(all, 1)} look={minutes > all ? 'dirty' : 'clean'} />}
        </header>
        <ul className="flex flex-1 flex-col gap-2 overflow-y-auto p-3 md:max-h-[60dvh] md:min-h-24">
          {items.toSorted(walking).map((one) => (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging has its menu in every card
            <li key={one.id} draggable={UNSTARTED.has(one.state)} onDragStart={(event) => event.dataTransfer.setData('text/plain', one.id)} data-look={LOOK[one.state]} className={clsx('flex items-center gap-2 rounded-lg border border-line bg-surface ps-3 shadow-card', UNSTARTED.has(one.state) && 'cursor-grab active:cursor-grabbing')}>
              <button type="button" onClick={() => want({ id: one.id })} className="min-w-0 flex-1 py-2 text-start">
                <span className="flex items-center gap-1.5"><span className="num text-sm font-bold" dir="ltr">{one.room_number ?? '–'}</span>{one.locked && <Lock size={12} aria-label={t('assign.locked')} />}{one.delayed && <TimerReset size={13} className="text-bad" aria-label={t('task.late')} />}{one.priority_level === 'urgent' && <span className="text-[11px] font-semibold text-bad">{t('level.urgent')}</span>}</span>
                <span className="block truncate text-xs text-ink-2">{t(`task.${one.type}`)} · {span(one.minutes)}</span>
              </button>
              {UNSTARTED.has(one.state) ? (
                <label className="btn btn-ghost btn-icon relative shrink-0 text-xs" title={t('assign.move')}><Columns3 size={15} aria-hidden />
                  <select aria-label={t('assign.moveOf', { number: one.room_number ?? t(`task.${one.type}`) })} value={one.assignee_id ?? ''} onChange={(change) => change.target.value && assign.mutate({ one, to: change.target.value })} className="absolute inset-0 cursor-pointer text-ink opacity-0"><option value="">{t('task.nobody')}</option>{options.map(([value, shown]) => <option key={value} value={value}>{shown}</option>)}</select>
                </label>
              ) : <span className="pe-3 text-[11px] font-medium text-look-ink">{t(`taskState.${one.state}`)}</span>}
            </li>
          ))}
          {items.length === 0 && <li className="grid flex-1 place-items-center rounded-lg border border-dashed border-line p-4 text-center text-xs text-ink-3">{t(id ? 'assign.dropHere' : 'assign.allGiven')}</li>}
        </ul>
      </section>
    )
  }
  return (
    <Page title={t('assign.title')} about={t('assign.about')} actions={
      <><Link to="/sheets" className="btn"><Printer size={16} aria-hidden />{t('sheets.title')}</Link><button type="button" className="btn btn-primary" onClick={() => setAuto(true)}><Shuffle size={16} aria-hidden />{t('auto.title')}</button></>
    }>
      <Ask query={query}>
        {({ items }) => items.length === 0 ? <Nothing icon={Columns3} title={t('assign.empty')} text={t('assign.emptyText')} /> : (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls can be scrolled by keys
          <div className="flex gap-3 overflow-x-auto pb-3 max-md:flex-col" tabIndex={0} role="group" aria-label={t('assign.title')}>
            {column(null, t('task.nobody'), items.filter((one) => !one.assignee_id))}
            {cleaners.map((one) => column(one.id, one.name, items.filter((task) => task.assignee_id === one.id)))}
          </div>
        )}
      </Ask>
      {isAuto && <AutoAssign place={place} close={() => setAuto(false)} />}
      {wanted.id && <TaskSheet id={wanted.id} close={() => want({ id: undefined })} />}
    </Page>
  )
}
