/** All tasks of the house, for those who give them out: found, picked, assigned, changed. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ListChecks, Plus, SearchX, Shuffle, TimerReset, UserPlus, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, data } from '@/api/client'
import { useFresh } from '@/api/fresh'
import { useHere } from '@/api/here'
import { useMay, usePeople } from '@/api/people'
import { put } from '@/api/put'
import { TASK_TYPES, board, type Task } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Badge, Person } from '@/components/bits'
import { Chip, Choice, Find, Row, Views } from '@/components/filters'
import { Form, type Given } from '@/components/form'
import { List, type Column } from '@/components/list'
import { Page } from '@/components/page'
import { Popup } from '@/components/popup'
import { Nothing } from '@/components/states'
import { say } from '@/components/toast'
import { LOOK, makeTask, OPEN, STATES, tasks, walking } from '@/features/tasks/ask'
import { AutoAssign } from '@/features/tasks/auto-assign'
import { TaskSheet } from '@/features/tasks/sheet'
import { useNow } from '@/lib/clock'
import { distance, number } from '@/lib/i18n'
import { plain } from '@/lib/digits'
import { several } from '@/lib/search'
import { useWanted } from '@/lib/wanted'
import { reason } from '@/lib/words'

interface Wanted { state?: string; type?: string; who?: string; floor?: string; late?: string; find?: string; id?: string }

export function Tasks() {
  const { t } = useTranslation()
  const here = useHere()
  const place = here?.id ?? ''
  const may = useMay()
  const people = usePeople()
  const now = useNow()
  const [wanted, want, search, apply] = useWanted<Wanted>()
  const [over, setOver] = useState<'auto' | 'new' | null>(null)
  const [picked, pick] = useState<ReadonlySet<string>>(new Set())
  useFresh(['housekeeping.task.'], ['tasks'], ['task'])
  const states = several(wanted.state, STATES)
  const query = useQuery(tasks(place, {
    state: states.length > 0 ? states : [...OPEN],
    ...(wanted.who && wanted.who !== 'none' && { assignee_id: wanted.who }), ...(wanted.late && { delayed: true }),
    ...(wanted.floor && { floor: wanted.floor }), ...(wanted.type && { type: [wanted.type as Task['type']] }),
  }))
  const text = plain(wanted.find ?? '')
  const shown = useMemo(() => (query.data?.items ?? [])
    .filter((one) => (wanted.who !== 'none' || !one.assignee_id) && (!text || plain(`${one.room_number ?? ''} ${one.note ?? ''} ${t(`task.${one.type}`)}`).includes(text)))
    .toSorted((one, other) => other.priority - one.priority || walking(one, other)), [query.data, wanted.who, text, t])
  const floors = [...new Set((query.data?.items ?? []).flatMap((one) => one.floor ?? []))].toSorted()
  const columns: Column<Task>[] = [
    { name: t('task.room'), show: (one) => <span dir="ltr">{one.room_number ?? '–'}</span> },
    { name: t('task.type'), show: (one) => t(`task.${one.type}`) },
    { name: t('task.state'), show: (one) => <Badge look={LOOK[one.state]}>{t(`taskState.${one.state}`)}</Badge> },
    { name: t('task.who'), show: (one) => (one.assignee_id ? <Person name={people.name(one.assignee_id)} /> : <span className="text-ink-3">{t('task.nobody')}</span>) },
    { name: t('task.due'), show: (one) => one.due_at && <span className={one.delayed ? 'inline-flex items-center gap-1.5 font-semibold text-bad' : 'inline-flex items-center gap-1.5'}>{one.delayed && <TimerReset size={14} aria-label={t('task.late')} />}{distance(one.due_at, now)}</span> },
    { name: t('task.priority'), show: (one) => t(`level.${one.priority_level}`), isFigure: true },
  ]
  const isFiltered = search !== ''
  return (
    <Page title={t('tasks.title')} about={[t('tasks.count', { count: shown.length, shown: number(shown.length) }), states.includes('completed') && t('tasks.lastDay')].filter(Boolean).join(' · ')} actions={
      <>
        <button type="button" className="btn" onClick={() => setOver('auto')}><Shuffle size={16} aria-hidden />{t('auto.title')}</button>
        {may('task.create') && <button type="button" className="btn btn-primary" onClick={() => setOver('new')}><Plus size={17} aria-hidden />{t('tasks.make')}</button>}
      </>
    }>
      <Row>
        <Find name={t('find')} value={wanted.find} set={(find) => want({ find })} />
        {STATES.slice(0, 5).map((one) => <Chip key={one} on={states.includes(one)} set={(on) => want({ state: (on ? [...states, one] : states.filter((other) => other !== one)).join('.') || undefined })}>{t(`taskState.${one}`)}</Chip>)}
        <Chip on={wanted.late !== undefined} set={(on) => want({ late: on ? 'yes' : undefined })}>{t('task.late')}</Chip>
      </Row>
      <Row>
        <Choice name={t('task.who')} value={wanted.who} set={(who) => want({ who })} options={[['none', t('task.nobody')], ...people.all.map((one) => [one.id, one.name] as const)]} />
        <Choice name={t('task.type')} value={wanted.type} set={(type) => want({ type })} options={TASK_TYPES.map((one) => [one, t(`task.${one}`)] as const)} />
        <Choice name={t('task.floor')} value={wanted.floor} set={(floor) => want({ floor })} options={floors.map((one) => [one, one] as const)} />
        <Views page="tasks" search={search} apply={apply} />
      </Row>
      <Ask query={query}>
        {() => shown.length > 0 ? (
          <List name={t('tasks.title')} items={shown} columns={columns} open={(one) => want({ id: one.id })} picking={{ picked, pick }} />
        ) : isFiltered ? <Nothing icon={SearchX} title={t('list.none')} text={t('list.noneText')}><button type="button" className="btn" onClick={() => apply('')}>{t('list.clear')}</button></Nothing>
          : <Nothing icon={ListChecks} title={t('tasks.empty')} text={t('tasks.emptyText')} />}
      </Ask>
      {picked.size > 0 && <Bulk ids={[...picked]} items={shown} left={(ids) => pick(new Set(ids))} />}
      {over === 'auto' && <AutoAssign place={place} taskIds={picked.size > 0 ? [...picked] : undefined} close={() => setOver(null)} />}
      {over === 'new' && <Make place={place} zone={here?.zone ?? 'UTC'} close={(id) => { setOver(null); if (id) want({ id }) }} />}
      {wanted.id && <TaskSheet id={wanted.id} close={() => want({ id: undefined })} />}
    </Page>
  )
}

/** Many tasks to one person; those that are refused stay picked, with their reason. */
function Bulk({ ids, items, left }: { ids: string[]; items: readonly Task[]; left: (ids: string[]) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const people = usePeople()
  const give = async (pairs: { task_id: string; staff_id: string }[]): Promise<string[]> => {
    const { results } = await data(api.POST('/api/v1/tasks/bulk-assign', { body: { items: pairs, planned: false } }))
    for (const one of results) put(client, one.task)
    const bad = results.filter((one) => !one.ok)
    if (bad.length > 0) say(bad.map((one) => `${items.find((task) => task.id === one.task_id)?.room_number ?? ''}: ${one.detail ?? ''}`).join(' · '), true)
    void client.invalidateQueries({ queryKey: ['tasks'] })
    return bad.map((one) => one.task_id)
  }
  const assign = async (staff_id: string): Promise<void> => {
    const before = items.filter((one) => ids.includes(one.id) && one.assignee_id).map((one) => ({ task_id: one.id, staff_id: one.assignee_id ?? '' }))
    try {
      const bad = await give(ids.map((task_id) => ({ task_id, staff_id })))
      const good = ids.length - bad.length
      const undo = bad.length === 0 && before.length === ids.length ? () => void give(before).catch((error: unknown) => say(reason(error, t), true)) : undefined
      if (good > 0) say(t('task.given', { count: good, shown: number(good), name: people.name(staff_id) }), false, undo)
      left(bad)
    } catch (error) {
      say(reason(error, t), true)
    }
  }
  return (
    <div role="toolbar" aria-label={t('list.picked')} className="card fixed inset-x-3 bottom-20 z-30 mx-auto flex max-w-lg flex-wrap items-center gap-2 px-4 py-2 shadow-pop md:bottom-6">
      <span className="num flex-1 text-sm font-semibold">{t('list.many', { count: ids.length, shown: number(ids.length) })}</span>
      <label className="btn btn-primary relative"><UserPlus size={16} aria-hidden />{t('taskMove.assign')}
        <select aria-label={t('taskMove.assign')} value="" onChange={(change) => void assign(change.target.value)} className="absolute inset-0 cursor-pointer text-ink opacity-0">
          <option value="" disabled>{t('form.choose')}</option>
          {people.all.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </label>
      <button type="button" className="btn btn-ghost btn-icon" aria-label={t('list.unpick')} onClick={() => left([])}><X size={18} aria-hidden /></button>
    </div>
  )
}

/** A task that nobody could be given is opened, to give it to somebody else. */
function Make({ place, zone, close }: { place: string; zone: string; close: (open?: string) => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const people = usePeople()
  const rooms = useQuery(board(place, client)).data?.items ?? []
  const perform = async (given: Given): Promise<void> => {
    const { made, refused } = await makeTask(place, given)
    void client.invalidateQueries({ queryKey: ['tasks'] })
    if (refused === undefined) say(t('saved.done'))
    else say(reason(refused, t), true)
    close(refused === undefined ? undefined : made.id)
  }
  return (
    <Popup title={t('tasks.make')} close={() => close()}>
      <Form zone={zone} go={t('tasks.make')} perform={perform} fields={[
        { name: 'type', label: t('task.type'), kind: 'select', required: true, options: TASK_TYPES.map((one) => [one, t(`task.${one}`)] as const) },
        { name: 'room', label: t('task.room'), kind: 'select', options: rooms.map((one) => [one.id, one.number] as const) },
        { name: 'staff_id', label: t('task.who'), kind: 'select', options: people.all.map((one) => [one.id, one.name] as const) },
        { name: 'due_at', label: t('task.due'), kind: 'moment' }, { name: 'note', label: t('task.note'), kind: 'textarea' },
      ]} />
    </Popup>
  )
}
