/** Rooms that wait to be looked at: found good, or not, with why and what it looked like. */

import { useQuery } from '@tanstack/react-query'
import { CheckCheck, ClipboardCheck, ThumbsDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFresh } from '@/api/fresh'
import { useHere } from '@/api/here'
import { usePeople } from '@/api/people'
import type { Task } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Badge, Person } from '@/components/bits'
import { Page } from '@/components/page'
import { Nothing } from '@/components/states'
import { tasks, walking, worked } from '@/features/tasks/ask'
import { taskActions } from '@/features/tasks/moves'
import { TaskSheet, where } from '@/features/tasks/sheet'
import { useAct } from '@/frame/act'
import { useNow } from '@/lib/clock'
import { distance, number, span } from '@/lib/i18n'
import { useWanted } from '@/lib/wanted'

/** Days that a room waits here; later it is inspected on the board. */
const WAITS = 7

export function Inspections() {
  const { t } = useTranslation()
  const here = useHere()
  const now = useNow()
  const people = usePeople()
  const [wanted, want] = useWanted<{ id?: string }>()
  useFresh(['housekeeping.task.'], ['tasks'])
  const query = useQuery(tasks(here?.id ?? '', { state: ['completed'] }, { days: WAITS }))
  const actions = taskActions(t, people)
  const label = (name: string): string => t(`judge.${name}`)
  const { begin, asks, isBusy } = useAct<Task>(actions, label, here?.zone ?? 'UTC', [['tasks'], ['board'], ['files']], (one) => where(one, t))
  const items = (query.data?.items ?? []).filter((one) => one.allowed_actions.includes('verify') || one.allowed_actions.includes('reject')).toSorted(walking)
  return (
    <Page title={t('inspect.title')} about={t('inspect.count', { count: items.length, shown: number(items.length) })}>
      <Ask query={query}>
        {() => items.length === 0 ? <Nothing icon={ClipboardCheck} title={t('inspect.empty')} text={t('inspect.emptyText')} /> : (
          <ul className="grid gap-3 md:grid-cols-2 2xl:grid-cols-3">
            {items.map((one) => (
              <li key={one.id} className="card flex flex-col gap-4 p-4">
                <div className="flex items-start justify-between gap-3">
                  <button type="button" onClick={() => want({ id: one.id })} className="text-start"><span className="num block text-2xl font-bold" dir="ltr">{where(one, t)}</span><span className="text-sm text-ink-2">{t(`task.${one.type}`)}</span></button>
                  <div className="flex flex-col items-end gap-1 text-xs text-ink-3">{one.completed_by && <Person name={people.name(one.completed_by)} />}{one.completed_at && <span>{distance(one.completed_at, now)} · {span(worked(one, now))}</span>}</div>
                </div>
                {one.checklist.some((line) => line.outside || line.answer === false) && <div className="flex flex-wrap gap-2">{one.checklist.filter((line) => line.outside || line.answer === false).map((line) => <Badge key={line.key} look="dirty">{line.label}</Badge>)}</div>}
                {one.note && <p className="rounded-lg bg-sunken px-3 py-2 text-sm" dir="auto">{one.note}</p>}
                <div className="mt-auto flex gap-2">
                  {one.allowed_actions.includes('verify') && <button type="button" disabled={isBusy} className="btn btn-primary h-14 flex-1 rounded-xl font-semibold" onClick={() => begin('verify', one)}><CheckCheck size={19} aria-hidden />{label('verify')}</button>}
                  {one.allowed_actions.includes('reject') && <button type="button" disabled={isBusy} className="btn h-14 rounded-xl px-5 font-semibold text-bad" onClick={() => begin('reject', one)}><ThumbsDown size={19} aria-hidden />{label('reject')}</button>}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Ask>
      {asks}
      {wanted.id && <TaskSheet id={wanted.id} close={() => want({ id: undefined })} />}
    </Page>
  )
}
