/** One task: what, where, by when, why so urgent, its checklist, and what can be done with it. */

import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFollow, useHere } from '@/api/here'
import { usePeople } from '@/api/people'
import type { Task } from '@/api/queries'
import { Ask } from '@/components/ask'
import { Badge, Person } from '@/components/bits'
import { Facts, Part } from '@/components/page'
import { Popup } from '@/components/popup'
import { task as taskOf, LOOK, worked } from '@/features/tasks/ask'
import { taskActions } from '@/features/tasks/moves'
import { NextMove, useAct } from '@/frame/act'
import { Photos } from '@/frame/photos'
import { useNow } from '@/lib/clock'
import { moment, number, span } from '@/lib/i18n'
import { retold } from '@/lib/stored'

export const where = (one: Task, t: (key: string) => string): string => one.room_number ?? t('task.elsewhere')

export function TaskSheet({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(taskOf(id))
  useFollow(query.data?.property_id)
  return (
    <Popup title={query.data ? `${where(query.data, t)} · ${t(`task.${query.data.type}`)}` : t('task.one')} shape="side" close={close}>
      <Ask query={query}>{(one) => <Inside one={one} />}</Ask>
    </Popup>
  )
}

function Inside({ one }: { one: Task }) {
  const { t } = useTranslation()
  const here = useHere()
  const now = useNow()
  const people = usePeople()
  const zone = here?.zone ?? 'UTC'
  const actions = taskActions(t, people)
  const label = (name: string): string => t(`taskMove.${name}`)
  const { begin, asks, isBusy } = useAct<Task>(actions, label, zone, [['tasks'], ['task', one.id], ['board'], ['files', one.id]], (which) => where(which, t))
  const time = (at: string | null): string => (at ? moment(at, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }) : '')
  return (
    <div className="flex flex-col gap-5">
      <NextMove one={one} names={one.allowed_actions} actions={actions} label={label} begin={begin} isBusy={isBusy} />
      <Facts rows={[
        [t('task.state'), <Badge key="s" look={LOOK[one.state]}>{t(`taskState.${one.state}`)}</Badge>],
        [t('task.who'), one.assignee_id && <Person name={people.name(one.assignee_id)} />],
        [t('task.floor'), one.floor], [t('task.due'), time(one.due_at)],
        [t('task.late'), one.delayed ? (retold(one.delay_reason, t) ?? t('yes')) : null],
        [t('task.priority'), `${t(`level.${one.priority_level}`)} · ${number(one.priority)}`],
        [t('task.minutes'), one.started_at ? `${span(worked(one, now))} / ${span(one.minutes)}` : span(one.minutes)],
        [t('task.credits'), one.credits === null ? null : number(one.credits)], [t('task.note'), one.note], [t('reason'), retold(one.reason, t)],
        [t('taskState.completed'), one.completed_at && `${time(one.completed_at)} · ${people.name(one.completed_by)}`],
        [t('taskState.verified'), one.verified_at && `${time(one.verified_at)} · ${people.name(one.verified_by)}`],
      ]} />
      <Photos of={one.id} />
      {one.checklist.length > 0 && (
        <Part title={t('task.checklist')}>
          <Facts rows={one.checklist.map((line) => [line.label, line.answer === null ? '–' : line.answer === true ? t('yes') : line.answer === false ? t('no') : `${String(line.answer)} ${line.unit ?? ''}`])} />
        </Part>
      )}
      {one.priority_parts.length > 0 && (
        <Part title={t('task.why')}><ul className="flex flex-col gap-1 text-sm">{one.priority_parts.map((part) => <li key={part.name} className="flex justify-between gap-3"><span dir="auto">{part.name === 'type' ? t(`task.${one.type}`) : retold(part.why, t)}</span><span className="num text-ink-3">{number(part.points)}</span></li>)}</ul></Part>
      )}
      {asks}
    </div>
  )
}
